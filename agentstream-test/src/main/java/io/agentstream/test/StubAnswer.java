package io.agentstream.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a {@link StubModelServer} does for one request: steps, done in the order they are written.
 *
 * <pre>{@code
 * StubAnswer.stream().tokens("Hel", "lo").finish("stop").usage(3, 2).done()
 * StubAnswer.stream().tokens("Hel").stallUntil(released).tokens("lo").cut()
 * StubAnswer.stream().stallUntil(released).head()            // stalls before the head
 * StubAnswer.status(429).header("Retry-After", "7").body("slow down")
 * }</pre>
 *
 * An answer whose steps run out before its body has ended leaves the connection open and silent.
 * Not safe to write on several threads; once enqueued, it may serve many requests at a time.
 */
public final class StubAnswer {

  /** One thing the server does; what it throws ends the answer. */
  interface Step {
    void run(StubExchange exchange) throws IOException, InterruptedException;
  }

  private final int status;
  private final List<String> headers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private StubAnswer(int status) {
    this.status = status;
  }

  /** A 200 with a body of server-sent events in HTTP chunks, one chunk to an event. */
  public static StubAnswer stream() {
    return new StubAnswer(200).header("Content-Type", "text/event-stream");
  }

  /** No head and no body of itself: for a connection that is cut before an answer. */
  public static StubAnswer silent() {
    StubAnswer answer = new StubAnswer(200);
    return answer.step(StubExchange::withoutHead);
  }

  /** Any other answer; {@link #body} is its usual next step. */
  public static StubAnswer status(int status) {
    return new StubAnswer(status);
  }

  /** A response header; headers count wherever they stand among the steps. */
  public StubAnswer header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  /** Sends the head now; otherwise the first piece of the body does. */
  public StubAnswer head() {
    return step(StubExchange::sendHead);
  }

  /** A whole body with a length and an end. */
  public StubAnswer body(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return header("Content-Length", Integer.toString(bytes.length)).wire(bytes);
  }

  /** One chunk of text to each token. */
  public StubAnswer tokens(String... tokens) {
    for (String token : tokens) {
      event(StubChunks.content(token));
    }
    return this;
  }

  /** {@code count} tokens {@code "0 "}, {@code "1 "} and so on. */
  public StubAnswer tokens(int count) {
    return tokens(IntStream.range(0, count).mapToObj(i -> i + " ").toArray(String[]::new));
  }

  /** One chunk of {@code reasoning_content} to each piece. */
  public StubAnswer reasoning(String... pieces) {
    for (String piece : pieces) {
      event(StubChunks.reasoning(piece));
    }
    return this;
  }

  /** A tool call: its name in a first chunk, then a chunk for each piece of its arguments. */
  public StubAnswer toolCall(int index, String id, String name, String... argumentPieces) {
    event(StubChunks.toolCall(index, id, name));
    Stream.of(argumentPieces).forEach(piece -> event(StubChunks.toolArguments(index, piece)));
    return this;
  }

  /** The chunk with the finish reason. */
  public StubAnswer finish(String reason) {
    return event(StubChunks.finish(reason));
  }

  /** The chunk without choices that counts the tokens. */
  public StubAnswer usage(int promptTokens, int completionTokens) {
    return event(StubChunks.usage(promptTokens, completionTokens));
  }

  /** An event of any data, in one line. */
  public StubAnswer event(String data) {
    return bytes("data: " + data + "\n\n");
  }

  /** A failure inside a 200: {@code data: {"error": ...}}. */
  public StubAnswer errorInside(String message) {
    return event(StubChunks.error(message));
  }

  /** A failure as {@code event: error}. */
  public StubAnswer errorEvent(String message) {
    return bytes("event: error\ndata: " + StubChunks.error(message) + "\n\n");
  }

  /** An event whose JSON breaks off. */
  public StubAnswer malformedEvent() {
    return event("{\"choices\":[{\"delta\":");
  }

  /** A piece of the body as it is, in chunks like the rest. */
  public StubAnswer bytes(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  /** A piece of the body as it is, in chunks like the rest. */
  public StubAnswer bytes(byte[] bytes) {
    return step(exchange -> exchange.sendChunked(bytes));
  }

  /** Sends what follows in chunks of {@code size} bytes, each in a write of its own. */
  public StubAnswer inChunksOf(int size) {
    return step(exchange -> exchange.chunkSize(size));
  }

  /** Bytes past all chunking, after the head: for a broken framing, or a body with a length. */
  public StubAnswer wire(byte[] bytes) {
    return step(exchange -> exchange.sendRaw(bytes));
  }

  /** Goes on once {@code release} is at zero; the connection stays open until then. */
  public StubAnswer stallUntil(CountDownLatch release) {
    return step(exchange -> release.await());
  }

  /** Runs something of the test's own, on the server's thread. */
  public StubAnswer then(Runnable action) {
    return step(exchange -> action.run());
  }

  /** {@code [DONE]} and the end of the body. */
  public StubAnswer done() {
    return doneLeftOpen().end();
  }

  /** {@code [DONE]} in a body that does not end. */
  public StubAnswer doneLeftOpen() {
    return event("[DONE]");
  }

  /** The proper end of the body, without {@code [DONE]}. */
  public StubAnswer end() {
    return step(StubExchange::sendLastChunk);
  }

  /** Closes the connection in the middle of the body. */
  public StubAnswer cut() {
    return step(StubExchange::close);
  }

  /** Resets the connection in the middle of the body. */
  public StubAnswer reset() {
    return step(StubExchange::reset);
  }

  int statusCode() {
    return status;
  }

  List<String> headers() {
    return headers;
  }

  List<Step> steps() {
    return steps;
  }

  private StubAnswer step(Step step) {
    steps.add(step);
    return this;
  }
}
