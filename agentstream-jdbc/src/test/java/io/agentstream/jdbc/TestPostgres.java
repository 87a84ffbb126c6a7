package io.agentstream.jdbc;

import io.agentstream.redis.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;

/** Starts a PostgreSQL as a process of its own. */
final class TestPostgres {

  /** Only a start that fails lasts so long: a busy machine may take more than the usual 10 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TestPostgres() {}

  static EmbeddedPostgres start() throws IOException {
    return onPort(FreePort.next()).start();
  }

  /** By default the port is one that the system gives to clients, also to one before the start. */
  static EmbeddedPostgres.Builder onPort(int port) {
    return EmbeddedPostgres.builder().setPort(port).setPGStartupWait(PATIENCE);
  }
}
