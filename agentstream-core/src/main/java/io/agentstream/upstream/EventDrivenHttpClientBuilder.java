package io.agentstream.upstream;

import dev.langchain4j.http.client.HttpClientBuilder;
import io.agentstream.time.ChatClock;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link EventDrivenHttpClient}s. May be used for several models: each build creates a
 * client with its own connection pools and selector threads. Not thread-safe.
 *
 * <p>How many idle connections the JDK's client keeps, and for how long, can be set for the whole
 * process alone: by the system properties {@code jdk.httpclient.connectionPoolSize} (any number by
 * default) and {@code jdk.httpclient.keepalive.timeout} (20 minutes on Java 17, 30 seconds later).
 * Each takes some 20 KB.
 */
public final class EventDrivenHttpClientBuilder implements HttpClientBuilder {

  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration readTimeout = Duration.ofMinutes(30);
  private boolean timeoutsKept;
  private HttpClient.Version httpVersion = HttpClient.Version.HTTP_1_1;
  private int maxEventBytes = 1024 * 1024;
  private long maxResponseBytes = 128L * 1024 * 1024;
  private boolean rawEventsKept;
  private @Nullable ProxySelector proxies;
  private int selectors = 1;
  private Executor executor = Runnable::run;
  private ChatClock clock = ChatClock.system();

  EventDrivenHttpClientBuilder() {}

  @Override
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * Sets how long connecting may take. Default 10 seconds; must be positive.
   *
   * @see #keepTimeouts
   */
  @Override
  public EventDrivenHttpClientBuilder connectTimeout(Duration timeout) {
    positive(timeout);
    if (!timeoutsKept) {
      this.connectTimeout = timeout;
    }
    return this;
  }

  @Override
  public Duration readTimeout() {
    return readTimeout;
  }

  /**
   * Sets how long the response head may take, from the start of the call. Default 30 minutes; must
   * be positive. It does not limit the stream after the head.
   *
   * @see #keepTimeouts
   */
  @Override
  public EventDrivenHttpClientBuilder readTimeout(Duration timeout) {
    positive(timeout);
    if (!timeoutsKept) {
      this.readTimeout = timeout;
    }
    return this;
  }

  /**
   * Keeps both current timeouts and ignores later changes. For langchain4j's models, which
   * overwrite them with their own {@code timeout} when they build their client, or with 15 and 60
   * seconds if they have none: too short for a large model that reads a long prompt.
   */
  public EventDrivenHttpClientBuilder keepTimeouts() {
    this.timeoutsKept = true;
    return this;
  }

  /**
   * Sets the newest HTTP version to use. Default 1.1. With 2, a plain {@code http:} call offers an
   * upgrade to h2c, which several local model servers answer with an error.
   */
  public EventDrivenHttpClientBuilder httpVersion(HttpClient.Version version) {
    this.httpVersion = Objects.requireNonNull(version, "version");
    return this;
  }

  /**
   * Sets the longest server-sent event, in bytes as received; a longer one fails its stream.
   * Default 1 MiB; must be positive.
   */
  public EventDrivenHttpClientBuilder maxEventBytes(int max) {
    if (max <= 0) {
      throw new IllegalArgumentException("maxEventBytes must be positive: " + max);
    }
    this.maxEventBytes = max;
    return this;
  }

  /**
   * Limits how long the body of one streamed response may be, in bytes as received; a longer one
   * fails its stream. Default 128 MiB, some 400,000 tokens; must be positive.
   */
  public EventDrivenHttpClientBuilder maxResponseBytes(long max) {
    if (max <= 0) {
      throw new IllegalArgumentException("maxResponseBytes must be positive: " + max);
    }
    this.maxResponseBytes = max;
    return this;
  }

  /**
   * Chooses the proxy for each address. By default the JDK's: the system properties {@code
   * http.proxyHost}, {@code https.proxyHost} and {@code http.nonProxyHosts}. {@link
   * EnvironmentProxies} reads {@code http_proxy} and its like.
   */
  public EventDrivenHttpClientBuilder proxy(ProxySelector proxies) {
    this.proxies = Objects.requireNonNull(proxies, "proxies");
    return this;
  }

  /**
   * Keeps the text of events after the listener has returned. By default it is released then, so
   * that an incomplete answer does not hold everything that was received; langchain4j's {@code
   * rawServerSentEvents()} are therefore empty.
   */
  public EventDrivenHttpClientBuilder keepRawEvents() {
    this.rawEventsKept = true;
    return this;
  }

  /**
   * Sets the number of selector threads that read the streams; each stream belongs to one of them.
   * Default 1; must be positive. One thread reads more than ten thousand tokens a second; on a
   * machine with many processors, half their number is enough. Each thread has its own connection
   * pool.
   */
  public EventDrivenHttpClientBuilder selectors(int selectors) {
    if (selectors <= 0) {
      throw new IllegalArgumentException("selectors must be positive: " + selectors);
    }
    this.selectors = selectors;
    return this;
  }

  /**
   * Sets the executor for listeners. Default {@code Runnable::run}, which is the client's own
   * selector thread: the fastest, but no callback may block. With a pool, each piece of a response
   * costs a change of threads; the callbacks of one stream are still sequential.
   */
  public EventDrivenHttpClientBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets the clock for the time limits of response heads and for the dates of {@code Retry-After}.
   * Default {@link ChatClock#system}.
   */
  public EventDrivenHttpClientBuilder clock(ChatClock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  @Override
  public EventDrivenHttpClient build() {
    return build(Stream.generate(this::client).limit(selectors).toList());
  }

  /** Uses existing clients; their own connect timeout applies. */
  EventDrivenHttpClient build(List<HttpClient> clients) {
    return new EventDrivenHttpClient(
        clients,
        new ClientSettings(
            readTimeout, maxEventBytes, maxResponseBytes, rawEventsKept, executor, clock));
  }

  private HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(httpVersion)
            .connectTimeout(connectTimeout)
            .executor(executor);
    if (proxies != null) {
      client.proxy(proxies);
    }
    return client.build();
  }

  private static void positive(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("A timeout must be positive: " + timeout);
    }
  }
}
