package io.agentstream.upstream;

import dev.langchain4j.http.client.HttpClientBuilder;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EventDrivenHttpClient} whose caller pushes the answers: everything between a model
 * server's bytes and the model, without sockets. Every call gets a 200 at once. It supports one
 * call at a time, on one thread.
 */
@NullMarked
public final class InProcessUpstream implements HttpClientBuilder {

  private final EventDrivenHttpClientBuilder settings = EventDrivenHttpClient.builder();
  private @Nullable BodySubscriber<?> body;

  /** Pushes bytes of the current answer. */
  public void push(List<ByteBuffer> bytes) {
    underWay().onNext(bytes);
  }

  /** Ends the current answer. */
  public void end() {
    underWay().onComplete();
  }

  private BodySubscriber<?> underWay() {
    BodySubscriber<?> answer = body;
    if (answer == null) {
      throw new IllegalStateException("Nothing was asked yet");
    }
    return answer;
  }

  @Override
  public EventDrivenHttpClient build() {
    return settings.build(List.of(new Pushed()));
  }

  @Override
  public Duration connectTimeout() {
    return settings.connectTimeout();
  }

  @Override
  public InProcessUpstream connectTimeout(Duration timeout) {
    settings.connectTimeout(timeout);
    return this;
  }

  @Override
  public Duration readTimeout() {
    return settings.readTimeout();
  }

  @Override
  public InProcessUpstream readTimeout(Duration timeout) {
    settings.readTimeout(timeout);
    return this;
  }

  private final class Pushed extends HttpClient {

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, BodyHandler<T> handler) {
      BodySubscriber<T> answer = handler.apply(new Ok());
      body = answer;
      answer.onSubscribe(new Unbounded());
      // The response is not read: the body contains everything.
      return new CompletableFuture<>();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> promises) {
      return sendAsync(request, handler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
      throw new UnsupportedOperationException("Only streams");
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
      return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
      return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
      return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
      try {
        return SSLContext.getDefault();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public SSLParameters sslParameters() {
      return new SSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
      return Optional.empty();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
      return Optional.empty();
    }
  }

  private record Ok() implements ResponseInfo {
    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(
          Map.of("Content-Type", List.of("text/event-stream")), (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  private record Unbounded() implements Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
