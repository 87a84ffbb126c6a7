package io.agentstream.examples.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains and closes the server when the process is told to end, and ends it with 0. */
final class OrderlyExit {

  private static final Logger log = LoggerFactory.getLogger(OrderlyExit.class);

  /** How long it may take beside the draining. */
  private static final Duration TO_CLOSE = Duration.ofSeconds(4);

  private OrderlyExit() {}

  /** To be called once, when the server is up: from then on the process ends only by a signal. */
  static void onSignal(ReferenceServer server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> exit(server), "agentstream-exit"));
  }

  private static void exit(ReferenceServer server) {
    Thread closing = new Thread(() -> close(server), "agentstream-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(server.longestDrain().plus(TO_CLOSE).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A JVM that is ended by a signal reports 128 + the signal's number, whatever its hooks do. But
    // whoever asked for the end (systemd, Docker, a script) got what was asked for: that is a 0,
    // and
    // halt is the one way to say so from here, since System.exit inside a hook waits forever.
    Runtime.getRuntime().halt(0);
  }

  private static void close(ReferenceServer server) {
    try {
      server.close();
    } catch (RuntimeException e) {
      log.warn("The server did not close in order: {}", e.toString());
    }
  }
}
