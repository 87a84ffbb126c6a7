package io.agentstream.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the watchers of a journal. A watcher that throws keeps neither the event from the journal
 * nor the news from the other watchers.
 */
public final class Watchers {

  private static final Logger log = LoggerFactory.getLogger(Watchers.class);

  private static final OnceAMinute LOGGED = new OnceAMinute();

  private Watchers() {}

  /** Runs {@code watcher}; catches what it throws, and logs it once a minute for each class. */
  public static void tell(Runnable watcher) {
    try {
      watcher.run();
    } catch (Throwable e) {
      UserCode.caught(e);
      failed(watcher.getClass().getName(), e);
    }
  }

  private static void failed(String name, Throwable thrown) {
    // Once a minute, because a watcher may fail for every token.
    if (LOGGED.isDue(name)) {
      log.error("Watcher {} of a journal failed; logged once a minute", name, thrown);
    }
  }
}
