package io.agentstream.redis;

import io.agentstream.journal.internal.Reach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs whether Redis accepts this node's writes. */
final class RedisLog implements Reach.Log {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  @Override
  public void failing(Throwable cause) {
    log.warn("Redis does not accept this node's writes: {}", cause.toString());
  }

  @Override
  public void paused() {
    log.warn("Conversations pause until Redis is back");
  }

  @Override
  public void back(long millis) {
    log.info("Redis is back after {} ms", millis);
  }
}
