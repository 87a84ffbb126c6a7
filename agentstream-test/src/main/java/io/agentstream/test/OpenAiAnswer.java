package io.agentstream.test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link OpenAiStubs} answer to one call, in OpenAI's format: chunks as server-sent events, or
 * a failure.
 *
 * <pre>{@code
 * stream().tokens("Yes", ", it will.")                     // finish_reason "stop", usage, [DONE]
 * stream().reasoning("Hm.").tokens("Yes.").usage(30, 2)
 * stream().toolCall("weather", "{\"city\":\"Köln\"}")      // finish_reason "tool_calls"
 * stream().tokens("Yes").finish("length")
 * stream()                                                 // an empty answer
 * stream().tokens("Yes").truncated()                       // a clean end, no reason, no [DONE]
 * stream().tokens("Yes").errorInside("overloaded")         // data: {"error": …} in a 200
 * stream().tokens("Yes").errorEvent("overloaded")          // event: error
 * stream().tokens("Yes").malformedEvent().tokens("!")
 * rateLimited(Duration.ofSeconds(7))                       // 429 with Retry-After
 * status(500)
 * connectionReset()
 * }</pre>
 *
 * WireMock sends an answer whole: to stall, cut or reset between two tokens, use {@link
 * StubModelServer}. Not safe to write on several threads.
 */
public final class OpenAiAnswer {

  private final ResponseDefinitionBuilder response;
  private final boolean streams;
  private final StringBuilder body = new StringBuilder();
  private int pieces;
  private int toolCalls;
  private int outputTokens;
  private @Nullable String finish;
  private @Nullable String usage;
  private boolean withoutUsage;
  private boolean cutShort;
  private @Nullable Duration spread;

  private OpenAiAnswer(ResponseDefinitionBuilder response, boolean streams) {
    this.response = response;
    this.streams = streams;
  }

  /** A 200 that streams; without any token an empty answer. */
  public static OpenAiAnswer stream() {
    ResponseDefinitionBuilder ok =
        aResponse().withStatus(200).withHeader("Content-Type", "text/event-stream");
    return new OpenAiAnswer(ok, true);
  }

  /** A refusal or a failure with this status, from 400 to 599. */
  public static OpenAiAnswer status(int status) {
    ResponseDefinitionBuilder refusal =
        aResponse()
            .withStatus(status)
            .withHeader("Content-Type", "application/json")
            .withBody(StubChunks.error("stubbed: HTTP " + status));
    return new OpenAiAnswer(refusal, false);
  }

  /** A 429 that says when to come back, to the second. */
  public static OpenAiAnswer rateLimited(Duration retryAfter) {
    OpenAiAnswer answer = status(429);
    answer.response.withHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    return answer;
  }

  /** A 401, as for a wrong key. */
  public static OpenAiAnswer unauthorized() {
    return status(401);
  }

  /** The connection is reset in place of an answer. */
  public static OpenAiAnswer connectionReset() {
    return fault(Fault.CONNECTION_RESET_BY_PEER);
  }

  /** The connection is closed in place of an answer. */
  public static OpenAiAnswer emptyResponse() {
    return fault(Fault.EMPTY_RESPONSE);
  }

  /** A 200, then bytes that are no HTTP, then a closed connection. */
  public static OpenAiAnswer garbage() {
    return fault(Fault.MALFORMED_RESPONSE_CHUNK);
  }

  private static OpenAiAnswer fault(Fault fault) {
    return new OpenAiAnswer(aResponse().withFault(fault), false);
  }

  /** Text, one chunk to each token. */
  public OpenAiAnswer tokens(String... tokens) {
    for (String token : tokens) {
      outputTokens++;
      event(StubChunks.content(token));
    }
    return this;
  }

  /** Thinking ({@code reasoning_content}), one chunk to each piece. */
  public OpenAiAnswer reasoning(String... tokens) {
    for (String token : tokens) {
      outputTokens++;
      event(StubChunks.reasoning(token));
    }
    return this;
  }

  /**
   * A call of a tool, in one chunk for the name and one for each piece of the arguments; several of
   * them are parallel calls.
   */
  public OpenAiAnswer toolCall(String name, String... argumentPieces) {
    int index = toolCalls++;
    event(StubChunks.toolCall(index, "call_" + (index + 1), name));
    for (String piece : argumentPieces) {
      event(StubChunks.toolArguments(index, piece));
    }
    return this;
  }

  /** Another finish reason than {@code stop} or, after tool calls, {@code tool_calls}. */
  public OpenAiAnswer finish(String reason) {
    finish = reason;
    return this;
  }

  /** Another usage than 10 prompt tokens and one completion token for each piece of text. */
  public OpenAiAnswer usage(int promptTokens, int completionTokens) {
    usage = StubChunks.usage(promptTokens, completionTokens);
    return this;
  }

  /** No usage, as from servers that do not count. */
  public OpenAiAnswer withoutUsage() {
    withoutUsage = true;
    return this;
  }

  /** The stream ends cleanly here: no finish reason, no usage, no {@code [DONE]}. */
  public OpenAiAnswer truncated() {
    cutShort = true;
    return this;
  }

  /** A failure inside the 200, {@code data: {"error": …}}, and the end of the stream. */
  public OpenAiAnswer errorInside(String message) {
    return event(StubChunks.error(message)).truncated();
  }

  /** A failure inside the 200 as {@code event: error}, and the end of the stream. */
  public OpenAiAnswer errorEvent(String message) {
    return raw("event: error\ndata: " + StubChunks.error(message) + "\n\n").truncated();
  }

  /** An event whose JSON breaks off. */
  public OpenAiAnswer malformedEvent() {
    return event("{\"choices\":[{\"delta\":");
  }

  /** An event with any data, in one line. */
  public OpenAiAnswer event(String data) {
    return raw(line(data));
  }

  private OpenAiAnswer raw(String event) {
    pieces++;
    body.append(event);
    return this;
  }

  /** A header of the response. */
  public OpenAiAnswer header(String name, String value) {
    response.withHeader(name, value);
    return this;
  }

  /** Sends the head only after this time, in real time. */
  public OpenAiAnswer after(Duration delay) {
    response.withFixedDelay(Math.toIntExact(delay.toMillis()));
    return this;
  }

  /** Sends the stream in even pieces over this time, in real time; at once by default. */
  public OpenAiAnswer over(Duration time) {
    spread = time;
    return this;
  }

  /** The answer for a stub of your own: {@code wireMock.stubFor(post(…).willReturn(…))}. */
  public ResponseDefinitionBuilder toResponse() {
    if (!streams) {
      return response;
    }
    List<String> end = end();
    ResponseDefinitionBuilder whole = ResponseDefinitionBuilder.like(response.build());
    if (spread != null) {
      int parts = Math.max(1, pieces + end.size());
      whole.withChunkedDribbleDelay(parts, Math.toIntExact(spread.toMillis()));
    }
    return whole.withBody(body + String.join("", end));
  }

  private List<String> end() {
    List<String> end = new ArrayList<>();
    if (!cutShort) {
      String reason = toolCalls == 0 ? "stop" : "tool_calls";
      end.add(line(StubChunks.finish(finish == null ? reason : finish)));
      if (!withoutUsage) {
        end.add(line(usage == null ? StubChunks.usage(10, outputTokens) : usage));
      }
      end.add(line("[DONE]"));
    }
    return end;
  }

  private static String line(String data) {
    return "data: " + data + "\n\n";
  }
}
