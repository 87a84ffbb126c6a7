package io.agentstream.store;

import io.agentstream.journal.internal.Reach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs whether the store takes writes. */
final class StoreLog implements Reach.Log {

  private static final Logger log = LoggerFactory.getLogger(StoreLog.class);

  @Override
  public void failing(Throwable cause) {
    log.warn("The store takes no writes: {}", cause.toString());
  }

  @Override
  public void paused() {
    log.error("Conversations pause until the store takes writes again");
  }

  @Override
  public void back(long millis) {
    log.info("The store takes writes again, after {} ms", millis);
  }
}
