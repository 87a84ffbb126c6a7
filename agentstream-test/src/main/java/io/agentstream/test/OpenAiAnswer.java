package io.agentstream.test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@link OpenAiStubs} to one call, in OpenAI's format: chunks as server-sent events,
 * or a failure.
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
 * WireMock sends an answer as a whole. To stall, close or reset between two tokens, use {@link
 * StubModelServer}. Not thread-safe.
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

  /** Returns a streamed answer with status 200; without tokens it is an empty answer. */
  public static OpenAiAnswer stream() {
    ResponseDefinitionBuilder ok =
        aResponse().withStatus(200).withHeader("Content-Type", "text/event-stream");
    return new OpenAiAnswer(ok, true);
  }

  /** Returns a failure with this status, from 400 to 599. */
  public static OpenAiAnswer status(int status) {
    ResponseDefinitionBuilder refusal =
        aResponse()
            .withStatus(status)
            .withHeader("Content-Type", "application/json")
            .withBody(StubChunks.error("stubbed: HTTP " + status));
    return new OpenAiAnswer(refusal, false);
  }

  /** Returns a 429 with a {@code Retry-After} in whole seconds. */
  public static OpenAiAnswer rateLimited(Duration retryAfter) {
    OpenAiAnswer answer = status(429);
    answer.response.withHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    return answer;
  }

  /** Returns a 401, as for an invalid key. */
  public static OpenAiAnswer unauthorized() {
    return status(401);
  }

  /** Resets the connection instead of answering. */
  public static OpenAiAnswer connectionReset() {
    return fault(Fault.CONNECTION_RESET_BY_PEER);
  }

  /** Closes the connection instead of answering. */
  public static OpenAiAnswer emptyResponse() {
    return fault(Fault.EMPTY_RESPONSE);
  }

  /** Sends a 200, then bytes that are not HTTP, and then closes the connection. */
  public static OpenAiAnswer garbage() {
    return fault(Fault.MALFORMED_RESPONSE_CHUNK);
  }

  private static OpenAiAnswer fault(Fault fault) {
    return new OpenAiAnswer(aResponse().withFault(fault), false);
  }

  /** Adds text, one chunk for each token. */
  public OpenAiAnswer tokens(String... tokens) {
    for (String token : tokens) {
      outputTokens++;
      event(StubChunks.content(token));
    }
    return this;
  }

  /** Adds thinking ({@code reasoning_content}), one chunk for each piece. */
  public OpenAiAnswer reasoning(String... tokens) {
    for (String token : tokens) {
      outputTokens++;
      event(StubChunks.reasoning(token));
    }
    return this;
  }

  /**
   * Adds a tool call: one chunk for the name and one for each piece of the arguments. Several calls
   * of this method make parallel tool calls.
   */
  public OpenAiAnswer toolCall(String name, String... argumentPieces) {
    int index = toolCalls++;
    event(StubChunks.toolCall(index, "call_" + (index + 1), name));
    for (String piece : argumentPieces) {
      event(StubChunks.toolArguments(index, piece));
    }
    return this;
  }

  /** Sets the finish reason; default {@code stop} or, after tool calls, {@code tool_calls}. */
  public OpenAiAnswer finish(String reason) {
    finish = reason;
    return this;
  }

  /** Sets the usage; default 10 prompt tokens and one completion token for each piece of text. */
  public OpenAiAnswer usage(int promptTokens, int completionTokens) {
    usage = StubChunks.usage(promptTokens, completionTokens);
    return this;
  }

  /** Sends no usage, like servers that do not count tokens. */
  public OpenAiAnswer withoutUsage() {
    withoutUsage = true;
    return this;
  }

  /** Ends the stream cleanly here, without finish reason, usage or {@code [DONE]}. */
  public OpenAiAnswer truncated() {
    cutShort = true;
    return this;
  }

  /** Adds a failure inside the 200, {@code data: {"error": …}}, and ends the stream. */
  public OpenAiAnswer errorInside(String message) {
    return event(StubChunks.error(message)).truncated();
  }

  /** Adds a failure inside the 200, as {@code event: error}, and ends the stream. */
  public OpenAiAnswer errorEvent(String message) {
    return raw("event: error\ndata: " + StubChunks.error(message) + "\n\n").truncated();
  }

  /** Adds an event with incomplete JSON. */
  public OpenAiAnswer malformedEvent() {
    return event("{\"choices\":[{\"delta\":");
  }

  /** Adds an event with any data, in one line. */
  public OpenAiAnswer event(String data) {
    return raw(line(data));
  }

  private OpenAiAnswer raw(String event) {
    pieces++;
    body.append(event);
    return this;
  }

  /** Sets a header of the response. */
  public OpenAiAnswer header(String name, String value) {
    response.withHeader(name, value);
    return this;
  }

  /** Delays the response head by this time, in real time. */
  public OpenAiAnswer after(Duration delay) {
    response.withFixedDelay(Math.toIntExact(delay.toMillis()));
    return this;
  }

  /**
   * Sends the stream in equal pieces over this time, in real time. By default it is sent at once.
   */
  public OpenAiAnswer over(Duration time) {
    spread = time;
    return this;
  }

  /** Returns the answer for a stub of your own: {@code wireMock.stubFor(post(…).willReturn(…))}. */
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
