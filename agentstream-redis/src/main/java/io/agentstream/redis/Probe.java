package io.agentstream.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandExpiryWriter;
import io.lettuce.core.protocol.DefaultEndpoint;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pings Redis on one connection and closes the connection if no answer arrives in time, so that the
 * client reconnects. The operating system would notice a dead connection only after many minutes,
 * and on a connection that only listens never. Thread-safe.
 */
final class Probe {

  private final StatefulRedisConnection<String, String> connection;
  private final AtomicBoolean asking = new AtomicBoolean();

  /**
   * @param connection a connection whose commands have a timeout
   */
  Probe(StatefulRedisConnection<String, String> connection) {
    this.connection = connection;
  }

  void run() {
    if (asking.compareAndSet(false, true)) {
      CompletionStage<String> unused =
          connection
              .async()
              .ping()
              .whenComplete(
                  (pong, failure) -> {
                    asking.set(false);
                    if (failure instanceof RedisCommandTimeoutException) {
                      cut(connection);
                    }
                  });
    }
  }

  /** Closes the connection; its pending commands fail. */
  static void cut(StatefulRedisConnection<String, String> connection) {
    if (connection instanceof RedisChannelHandler<?, ?> handler
        && endpoint(handler.getChannelWriter()) instanceof DefaultEndpoint endpoint) {
      endpoint.disconnect();
    }
  }

  private static RedisChannelWriter endpoint(RedisChannelWriter writer) {
    return writer instanceof CommandExpiryWriter expiring ? expiring.getDelegate() : writer;
  }
}
