package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.agentstream.event.ErrorCause;
import io.agentstream.internal.EventBatch;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a 2xx: pushes its bytes through the parser as long as the call wants events. A body
 * that turns out to be a web page or a text fails the call.
 */
final class EventStreamBody implements BodySubscriber<@Nullable Void>, SseParser.Sink {

  private static final Set<String> COMPRESSIONS =
      Set.of("gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz");

  private static final int MOST_OF_A_PAGE = 100;
  private static final Pattern PAGE =
      Pattern.compile("\\s*<(?:!doctype|html)\\b", Pattern.CASE_INSENSITIVE);

  /** The call that reads the body. */
  interface Owner {
    /** Takes note of the body, whose bytes may arrive from now on. */
    void opened(Subscription body, ResponseInfo head);

    boolean isStreaming();

    /** Takes an event. Returns true if the call wants more. */
    boolean event(@Nullable String type, byte[] bytes, int from, int to);

    /** Takes JSON that was outside an event. Returns true if the call wants more. */
    boolean json(byte[] bytes, int from, int to);

    /** Takes note of a comment: the server is alive, although the model has not begun. */
    void comment();

    void bodyEnded();

    /** Ends the call, whose body is broken. */
    void failed(Throwable error);

    /** Ends the call although the server might continue, and cancels the exchange. */
    void givenUp(Throwable error);
  }

  private final Owner call;
  private final ResponseInfo head;
  private final ClientSettings settings;
  private final SseParser parser;
  private final EventBatch batch = new EventBatch();
  private long received;
  private boolean understood;
  private boolean strayed;

  EventStreamBody(Owner call, ResponseInfo head, ClientSettings settings) {
    this.call = call;
    this.head = head;
    this.settings = settings;
    this.parser = new SseParser(settings.maxEventBytes(), this);
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    call.opened(subscription, head);
    if (isCompressed()) {
      call.givenUp(
          new ModelServerException(
              ErrorCause.NOT_A_MODEL_SERVER,
              "the response is compressed though nobody asked for that: have the proxy before the"
                  + " model server leave event streams as they are",
              false));
    }
    // Unbounded, because the bytes are consumed before onNext returns, so none accumulate.
    subscription.request(Long.MAX_VALUE);
  }

  /** Some servers name what is no encoding, such as {@code none}, to keep proxies from encoding. */
  private boolean isCompressed() {
    return head.headers().allValues("Content-Encoding").stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(value -> value.strip().toLowerCase(Locale.ROOT))
        .anyMatch(COMPRESSIONS::contains);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    batch.begin();
    try {
      for (ByteBuffer bytes : buffers) {
        received += bytes.remaining();
        if (!call.isStreaming() || !parser.feed(bytes)) {
          return;
        }
      }
      if (received > settings.maxResponseBytes()) {
        call.givenUp(tooLong());
      }
    } catch (EventTooLongException e) {
      call.givenUp(e);
    } finally {
      batch.end();
    }
  }

  @Override
  public void onError(Throwable error) {
    call.failed(error);
  }

  @Override
  public void onComplete() {
    if (call.isStreaming()) {
      parser.finish();
    }
    if (strayed && !understood) {
      call.failed(
          notAModelServer(
              "a text that is no event stream: is the base URL that of a model server?"));
    }
    call.bodyEnded();
  }

  @Override
  public boolean onEvent(@Nullable String type, byte[] bytes, int from, int to) {
    understood = true;
    return call.event(type, bytes, from, to);
  }

  @Override
  public boolean onJson(byte[] bytes, int from, int to) {
    understood = true;
    return call.json(bytes, from, to);
  }

  @Override
  public boolean onStray(byte[] bytes, int from, int to) {
    boolean first = !strayed && !understood;
    strayed = true;
    if (first && beginsPage(bytes, from, to)) {
      call.givenUp(notAModelServer("a web page: is /v1 missing in the base URL?"));
      return false;
    }
    if (understood && isPage(bytes, from, to)) {
      call.givenUp(
          new ModelServerException(
              ErrorCause.SERVER_ERROR, "a web page stands in the middle of its answer", true));
      return false;
    }
    return true;
  }

  @Override
  public void onComment() {
    call.comment();
  }

  private static boolean isPage(byte[] bytes, int from, int to) {
    int length = Math.min(to - from, MOST_OF_A_PAGE);
    return PAGE.matcher(new String(bytes, from, length, US_ASCII)).lookingAt();
  }

  private static boolean beginsPage(byte[] bytes, int from, int to) {
    int first = from;
    while (first < to && bytes[first] <= ' ' && bytes[first] > 0) {
      first++;
    }
    return first < to && bytes[first] == '<';
  }

  private static ModelServerException notAModelServer(String what) {
    return new ModelServerException(
        ErrorCause.NOT_A_MODEL_SERVER, "the server answered with " + what, false);
  }

  private ModelServerException tooLong() {
    return new ModelServerException(
        ErrorCause.TOO_LONG,
        "its response is longer than maxResponseBytes (" + settings.maxResponseBytes() + ")",
        false);
  }
}
