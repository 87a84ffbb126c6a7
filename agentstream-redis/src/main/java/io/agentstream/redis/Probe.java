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
 * Asks on one connection whether Redis is still there, and cuts a connection on which it does not
 * answer in time, so that the client connects anew: the operating system would find out after many
 * minutes only, and one that is just listened to never. Safe from any thread.
 */
final class Probe {

  private final StatefulRedisConnection<String, String> connection;
  private final AtomicBoolean asking = new AtomicBoolean();

  /**
   * @param connection one whose commands time out
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

  /** What is under way on it fails. */
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
