package io.agentstream.redis;

import io.agentstream.internal.IdleThreads;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.UnavailableException;
import io.agentstream.time.ChatClock;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three connections of a node: one for appends, which leave in bursts, one for all other
 * commands, and one that listens to every conversation that is viewed here. Commands fail at once
 * while Redis cannot be reached. If Redis does not answer, commands fail after a while. Appends
 * must not be lost, so they are repeated on a new connection.
 */
final class RedisLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final int CONNECT_TRIES = 5;

  /** The most commands that may block at once before other commands wait; the lease never does. */
  private static final int MOST_AT_ONCE = 16;

  private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(500);

  private static final TimeoutOptions NO_TIMEOUTS =
      TimeoutOptions.builder().timeoutCommands(false).build();

  private final ChatClock clock;
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisClient appender;
  private final StatefulRedisConnection<String, String> appends;
  private final StatefulRedisConnection<String, String> queries;
  private final StatefulRedisPubSubConnection<String, String> heard;
  private final List<Probe> probes;
  private final Executor handingOut = new IdleThreads("agentstream-redis-answers", MOST_AT_ONCE);
  private final List<Runnable> onBack = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private RedisLink(
      ChatClock clock, ClientResources resources, RedisClient client, RedisClient appender) {
    this.clock = clock;
    this.resources = resources;
    this.client = client;
    this.appender = appender;
    this.appends = patiently(appender::connect);
    this.queries = patiently(client::connect);
    this.heard = patiently(client::connectPubSub);
    this.probes = List.of(new Probe(queries), new Probe(heard));
    appends.setAutoFlushCommands(false);
    appends.addListener(new Back());
    queries.addListener(new Back());
    heard.addListener((RedisConnectionStateListener) new Back());
  }

  /**
   * Connects.
   *
   * @throws IllegalArgumentException if the URL is not a Redis URL
   * @throws UnavailableException if Redis cannot be reached or refuses this node
   */
  static RedisLink connect(RedisSettings settings) {
    RedisURI uri = RedisURI.create(settings.url());
    uri.setTimeout(settings.commandTimeout());
    ClientResources resources =
        ClientResources.builder()
            .reconnectDelay(
                Delay.exponential(
                    Duration.ofMillis(10), LONGEST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
            .build();
    RedisClient client = RedisClient.create(resources, uri);
    client.setOptions(options(settings).build());
    RedisClient appender = RedisClient.create(resources, uri);
    // A timer for each append would cost as much as the append; AppendWatch has one for all.
    appender.setOptions(options(settings).timeoutOptions(NO_TIMEOUTS).build());
    try {
      return new RedisLink(settings.clock(), resources, client, appender);
    } catch (RedisConnectionException e) {
      client.shutdown();
      appender.shutdown();
      Future<?> unused = resources.shutdown();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnavailableException(String.valueOf(cause.getMessage()));
    }
  }

  /**
   * Retries if a handshake takes too long. The first handshake loads the client's classes, which on
   * a busy machine can take longer than a command may.
   */
  private static <T> T patiently(Supplier<T> connect) {
    for (int tries = 1; ; tries++) {
      try {
        return connect.get();
      } catch (RedisConnectionException e) {
        if (tries == CONNECT_TRIES || !(e.getCause() instanceof RedisCommandTimeoutException)) {
          throw e;
        }
      }
    }
  }

  private static ClientOptions.Builder options(RedisSettings settings) {
    return ClientOptions.builder()
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
        .socketOptions(SocketOptions.builder().connectTimeout(settings.commandTimeout()).build());
  }

  /** The connection for appends, which sends nothing before a flush. */
  StatefulRedisConnection<String, String> appends() {
    return appends;
  }

  /** Fails the pending appends, and sends the next ones on a new connection. */
  void reconnectAppends() {
    Probe.cut(appends);
  }

  /** Checks whether Redis answers on the two connections that are not for appends. */
  void probe() {
    probes.forEach(Probe::run);
  }

  void flushAppends() {
    appends.flushCommands();
  }

  /** For scripts other than appends. */
  StatefulRedisConnection<String, String> scripts() {
    return queries;
  }

  RedisAsyncCommands<String, String> queries() {
    return queries.async();
  }

  /**
   * Calls {@code listener} with channel and message, on the connection's own thread. Anyone may
   * write to a channel, so no message can harm the connection.
   */
  void onMessage(BiConsumer<String, String> listener) {
    heard.addListener(
        new RedisPubSubAdapter<String, String>() {
          @Override
          public void message(String channel, String message) {
            try {
              listener.accept(channel, message);
            } catch (Throwable e) {
              UserCode.caught(e);
              log.error("A message of another node failed because of a defect", e);
            }
          }
        });
  }

  /** Runs {@code task} after {@code delay}, unless the connections have been closed. */
  void later(Duration delay, Runnable task) {
    clock.schedule(
        delay,
        () -> {
          if (!closed) {
            task.run();
          }
        });
  }

  /** Calls {@code listener} each time that Redis is back, once for each connection. */
  void onBack(Runnable listener) {
    onBack.add(listener);
  }

  /**
   * Completes the answer on a thread that may block. A command leads to a user's code, and the
   * connection's own thread renews the lease.
   */
  <T> CompletionStage<T> handOut(CompletionStage<T> answer) {
    return answer.toCompletableFuture().isDone()
        ? answer
        : answer.whenCompleteAsync((result, failure) -> {}, handingOut);
  }

  /** Runs what may lead to a user's code. */
  void execute(Runnable task) {
    handingOut.execute(task);
  }

  CompletionStage<Void> subscribe(String channel) {
    return heard.async().subscribe(channel);
  }

  CompletionStage<Void> unsubscribe(String channel) {
    return heard.async().unsubscribe(channel);
  }

  @Override
  public void close() {
    closed = true;
    appender.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    Future<?> unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }

  private final class Back implements RedisConnectionStateListener {
    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
      onBack.forEach(Runnable::run);
    }
  }
}
