package io.agentstream.examples.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains and closes the server when the process gets a signal to end, and exits with 0. */
final class OrderlyExit {

  private static final Logger log = LoggerFactory.getLogger(OrderlyExit.class);

  /** How long closing may take in addition to what the server waits for. */
  private static final Duration TO_CLOSE = Duration.ofSeconds(4);

  private OrderlyExit() {}

  /** Must be called once, when the server is up. From then on the process ends only by a signal. */
  static void onSignal(ReferenceServer server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> exit(server), "agentstream-exit"));
  }

  private static void exit(ReferenceServer server) {
    Thread closing = new Thread(() -> close(server), "agentstream-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(server.longestWait().plus(TO_CLOSE).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A JVM that is ended by a signal exits with 128 + the signal's number, regardless of its
    // hooks. An orderly shutdown on request (of systemd, Docker, a script) is a success, so the
    // exit code should be 0. Only halt can set it here, because System.exit inside a hook waits
    // forever.
    Runtime.getRuntime().halt(0);
  }

  private static void close(ReferenceServer server) {
    try {
      server.close();
    } catch (RuntimeException e) {
      log.warn("The server did not close properly: {}", e.toString());
    }
  }
}
