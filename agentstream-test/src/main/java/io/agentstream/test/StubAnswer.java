package io.agentstream.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The answer of a {@link StubModelServer} to one request: steps that are carried out in order.
 *
 * <pre>{@code
 * StubAnswer.stream().tokens("Hel", "lo").finish("stop").usage(3, 2).done()
 * StubAnswer.stream().tokens("Hel").stallUntil(released).tokens("lo").cut()
 * StubAnswer.stream().stallUntil(released).head()            // stalls before the head
 * StubAnswer.status(429).header("Retry-After", "7").body("slow down")
 * }</pre>
 *
 * If the steps run out before the body has ended, the connection stays open and silent. Building is
 * not thread-safe; once enqueued, an answer may serve many requests at a time.
 */
public final class StubAnswer {

  /** One step of an answer; an exception ends the answer. */
  interface Step {
    void run(StubExchange exchange) throws IOException, InterruptedException;
  }

  private final int status;
  private final List<String> headers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private StubAnswer(int status) {
    this.status = status;
  }

  /** Returns a 200 with a body of server-sent events, one HTTP chunk for each event. */
  public static StubAnswer stream() {
    return new StubAnswer(200).header("Content-Type", "text/event-stream");
  }

  /** Returns an answer without head and body, for a connection that is closed before an answer. */
  public static StubAnswer silent() {
    StubAnswer answer = new StubAnswer(200);
    return answer.step(StubExchange::withoutHead);
  }

  /** Returns an answer with this status; {@link #body} is the usual next step. */
  public static StubAnswer status(int status) {
    return new StubAnswer(status);
  }

  /** Sets a response header; its position among the steps does not matter. */
  public StubAnswer header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  /** Sends the head now; otherwise the first piece of the body sends it. */
  public StubAnswer head() {
    return step(StubExchange::sendHead);
  }

  /** Adds a whole body with a content length. */
  public StubAnswer body(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return header("Content-Length", Integer.toString(bytes.length)).wire(bytes);
  }

  /** Adds one chunk of text for each token. */
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

  /** Adds one chunk of {@code reasoning_content} for each piece. */
  public StubAnswer reasoning(String... pieces) {
    for (String piece : pieces) {
      event(StubChunks.reasoning(piece));
    }
    return this;
  }

  /** Adds a tool call: its name in a first chunk, then a chunk for each piece of its arguments. */
  public StubAnswer toolCall(int index, String id, String name, String... argumentPieces) {
    event(StubChunks.toolCall(index, id, name));
    Stream.of(argumentPieces).forEach(piece -> event(StubChunks.toolArguments(index, piece)));
    return this;
  }

  /** Adds the chunk with the finish reason. */
  public StubAnswer finish(String reason) {
    return event(StubChunks.finish(reason));
  }

  /** Adds the chunk without choices that reports the usage. */
  public StubAnswer usage(int promptTokens, int completionTokens) {
    return event(StubChunks.usage(promptTokens, completionTokens));
  }

  /** Adds an event with any data, in one line. */
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

  /** Adds an event with incomplete JSON. */
  public StubAnswer malformedEvent() {
    return event("{\"choices\":[{\"delta\":");
  }

  /** Adds raw bytes of the body, in chunks like the rest. */
  public StubAnswer bytes(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  /** Adds raw bytes of the body, in chunks like the rest. */
  public StubAnswer bytes(byte[] bytes) {
    return step(exchange -> exchange.sendChunked(bytes));
  }

  /** Sends the following steps in chunks of {@code size} bytes, each in its own write. */
  public StubAnswer inChunksOf(int size) {
    return step(exchange -> exchange.chunkSize(size));
  }

  /** Adds bytes without chunking after the head, for broken framing or a body with a length. */
  public StubAnswer wire(byte[] bytes) {
    return step(exchange -> exchange.sendRaw(bytes));
  }

  /** Waits until {@code release} is at zero; the connection stays open meanwhile. */
  public StubAnswer stallUntil(CountDownLatch release) {
    return step(exchange -> release.await());
  }

  /** Runs code of the test on the server's thread. */
  public StubAnswer then(Runnable action) {
    return step(exchange -> action.run());
  }

  /** Adds {@code [DONE]} and ends the body. */
  public StubAnswer done() {
    return doneLeftOpen().end();
  }

  /** Adds {@code [DONE]} without ending the body. */
  public StubAnswer doneLeftOpen() {
    return event("[DONE]");
  }

  /** Ends the body properly, without {@code [DONE]}. */
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

  void sendTo(Socket socket) throws IOException, InterruptedException {
    StubExchange exchange = new StubExchange(socket, status, headers);
    for (Step step : steps) {
      step.run(exchange);
    }
  }

  private StubAnswer step(Step step) {
    steps.add(step);
    return this;
  }
}
