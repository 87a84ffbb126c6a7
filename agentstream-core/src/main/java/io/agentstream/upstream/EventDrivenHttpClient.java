package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.agentstream.event.ErrorCause;
import io.agentstream.time.ChatClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP client for langchain4j's models, based on the JDK's client, that blocks no thread while a
 * model streams. Pass it to any model with an {@code httpClientBuilder}:
 *
 * <pre>{@code
 * OpenAiStreamingChatModel.builder().httpClientBuilder(EventDrivenHttpClient.builder())
 * }</pre>
 *
 * <h2>Threads</h2>
 *
 * All of its streams share one thread, the JDK client's selector, or as many as {@linkplain
 * EventDrivenHttpClientBuilder#selectors were asked for}. By default a listener, and so a {@code
 * StreamingChatResponseHandler}, is called on that thread: a token causes no change of threads, but
 * a callback that blocks delays every stream of this client, and one that calls {@link
 * #execute(HttpRequest)} waits forever. Run long tasks on your own thread, or {@linkplain
 * EventDrivenHttpClientBuilder#executor set an executor}. A stream's callbacks never overlap; now
 * and then one comes from another thread: the thread that started the call if the response was
 * quick, the clock's for a timeout, a pool of the JDK's if there was no response.
 *
 * <p>The client is thread-safe. It need not be closed: its thread ends once the client is
 * unreachable and its last stream has ended.
 *
 * <h2>Ends</h2>
 *
 * A listener gets exactly one end, {@code onClose} or {@code onError}, and no further callback.
 * After a cancel, by {@link UpstreamCall#cancel} or by the parsing handle of an event, it gets no
 * callback at all. Its exceptions are logged without their messages and ignored.
 *
 * <ul>
 *   <li>{@code [DONE]}: that event, then {@code onClose} at once. The body has 2 seconds to end,
 *       then the connection is closed; if it does end, the connection serves the next call.
 *   <li>The body ends properly: {@code onClose}, with or without {@code [DONE]}.
 *   <li>The connection breaks: {@code onError} with an {@link IOException}.
 *   <li>A status other than 2xx: {@code onError} with an {@link UpstreamHttpException}.
 *   <li>No connection or no response head in time: {@code onError} with langchain4j's {@link
 *       TimeoutException}. A stall after the head is not timed here.
 *   <li>An event longer than the limit: {@code onError} with an {@link IOException}, and the
 *       connection is closed.
 * </ul>
 *
 * A failure that the server reports as an event is an event like any other.
 */
public final class EventDrivenHttpClient implements HttpClient {

  private static final Logger log = LoggerFactory.getLogger(EventDrivenHttpClient.class);

  private final List<java.net.http.HttpClient> clients;
  private final ClientSettings settings;
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * @param clients one for each selector; they take the calls in turn
   */
  EventDrivenHttpClient(List<java.net.http.HttpClient> clients, ClientSettings settings) {
    this.clients = List.copyOf(clients);
    this.settings = settings;
  }

  /** Returns a builder with the defaults that its methods document. */
  public static EventDrivenHttpClientBuilder builder() {
    return new EventDrivenHttpClientBuilder();
  }

  /**
   * Sends a request and waits for the whole response. Must not be called from a callback of this
   * client.
   *
   * @throws UpstreamHttpException on a status other than 2xx
   * @throws TimeoutException if there is no connection or no response head in time; from JDK 26 on
   *     also if the body takes longer than that
   * @throws UnsupportedOperationException for a multipart form
   * @throws RuntimeException around an {@link IOException} if the connection fails, or around an
   *     {@link InterruptedException}, with the thread's interrupt set again
   */
  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    java.net.http.HttpRequest jdkRequest =
        JdkRequests.from(request).timeout(settings.headTimeout()).build();
    try {
      return successful(next().send(jdkRequest, BodyHandlers.ofByteArray()));
    } catch (HttpTimeoutException e) {
      throw new TimeoutException(e);
    } catch (IOException e) {
      throw new RuntimeException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeException(e);
    }
  }

  /**
   * Sends a request and returns; {@code listener} receives the events as they arrive.
   *
   * @param parser langchain4j's own for server-sent events, or that of its Ollama module, whose
   *     stream fails if it ends without {@code "done":true}; not used, since it reads a blocking
   *     stream, which would cost a thread
   * @throws ModelServerException for any other parser, whose format this client does not read
   * @throws IllegalArgumentException if the JDK's client cannot send the request; the listener is
   *     not called then
   * @throws UnsupportedOperationException for a multipart form; likewise
   */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    boolean jsonLines = JsonLinesSink.standsInFor(parser);
    if (!jsonLines && !(parser instanceof DefaultServerSentEventParser)) {
      throw new ModelServerException(
          ErrorCause.UNSUPPORTED_PARAMETER,
          "EventDrivenHttpClient reads server-sent events and Ollama's lines, and this model brings a parser of its"
              + " own: talk to the server's OpenAI-compatible address with OpenAiCompatibleModel,"
              + " or give the model JdkHttpClient.builder()",
          false);
    }
    java.net.http.HttpRequest jdkRequest = JdkRequests.from(request).build();
    ListenerSink events = new ListenerSink(listener, settings.rawEventsKept());
    StreamSink sink = jsonLines ? new JsonLinesSink(events) : events;
    StreamingCall call = new StreamingCall(new QuietSink(sink, log), settings);
    sink.onCall(call);
    UpstreamCalls.announce(call);
    call.start(next(), jdkRequest);
  }

  /**
   * Sends a request and returns; {@code sink} receives the response as bytes. Only the sink
   * receives the call, not the {@linkplain UpstreamCalls#observing observer}: a model that makes
   * several calls for one answer announces one call of its own.
   */
  public void stream(java.net.http.HttpRequest request, StreamSink sink) {
    StreamSink quiet = new QuietSink(sink, log);
    StreamingCall call = new StreamingCall(quiet, settings);
    quiet.onCall(call);
    call.start(next(), request);
  }

  /** Returns the clock for the calls' time limits. */
  public ChatClock clock() {
    return settings.clock();
  }

  private java.net.http.HttpClient next() {
    return clients.get(Math.floorMod(calls.getAndIncrement(), clients.size()));
  }

  private SuccessfulHttpResponse successful(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (!JdkRequests.isSuccess(status)) {
      throw refusal(response);
    }
    return JdkRequests.success(status, response.headers().map(), response.body());
  }

  private UpstreamHttpException refusal(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    int length = Math.min(body.length, UpstreamHttpException.MAX_BODY_BYTES);
    return new UpstreamHttpException(
        response.statusCode(),
        new String(Arrays.copyOf(body, length), UTF_8),
        RetryAfter.parse(response.headers(), settings.clock().now()));
  }
}
