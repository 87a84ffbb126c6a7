package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check whether a model can be used and what it supports. A check makes two short
 * requests: one for at most five tokens, and one for a tool call.
 *
 * <pre>{@code
 * ModelCheck check = ModelCheck.of(model, Duration.ofSeconds(30));
 * if (!check.isUsable()) {
 *   log.error("{} {}", check.failure().message(), check.failure().advice());
 * }
 * }</pre>
 *
 * It contains no text of the server, only descriptions of its failures.
 *
 * @param failure the reason why the model cannot be used; null if it can
 * @param streams true if the answer arrived in several pieces
 * @param thinks true if thinking arrived, in a separate field or as a mark in the text
 * @param firstToken the time to the first piece of text or thinking; null if there was none
 * @param callsTools true if the model called the requested tool
 * @param toolFailure the reason why the request with a tool failed; null if it did not
 */
public record ModelCheck(
    @Nullable ModelFailure failure,
    boolean streams,
    boolean thinks,
    @Nullable Duration firstToken,
    boolean callsTools,
    @Nullable ModelFailure toolFailure) {

  private static final int MOST_TOKENS = 5;

  /** Room for some thinking before the call. */
  private static final int MOST_TOOL_TOKENS = 256;

  private static final ToolSpecification TOOL =
      ToolSpecification.builder()
          .name("report_ready")
          .description("Reports that you are ready.")
          .parameters(JsonObjectSchema.builder().addStringProperty("word").required("word").build())
          .build();

  /**
   * Checks a model. Blocks until both requests have ended or the time is up, and then closes their
   * connections. A failure of the model is a result, not an exception.
   *
   * @param timeout the time limit for both requests together; positive
   */
  public static ModelCheck of(StreamingChatModel model, Duration timeout)
      throws InterruptedException {
    return of(model, null, timeout);
  }

  /**
   * Checks the model of an agent, with the agent's temperature.
   *
   * @param timeout the time limit for both requests together; positive
   * @throws IllegalArgumentException if the agent has no model
   */
  public static ModelCheck of(Agent agent, Duration timeout) throws InterruptedException {
    StreamingChatModel model = agent.model();
    if (model == null) {
      throw new IllegalArgumentException("The agent '" + agent.name() + "' has no model");
    }
    return of(model, agent.temperature(), timeout);
  }

  private static ModelCheck of(
      StreamingChatModel model, @Nullable Double temperature, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    ModelProbe text = new ModelProbe(MOST_TOKENS);
    text.ask(model, textRequest(temperature), deadline);
    if (text.failure() != null) {
      return new ModelCheck(text.failure(), false, false, null, false, null);
    }
    ModelProbe tool = new ModelProbe(Integer.MAX_VALUE);
    tool.ask(model, toolRequest(temperature), deadline);
    return new ModelCheck(
        null,
        text.pieces() > 1,
        text.thinks() || tool.thinks(),
        text.firstPiece(),
        tool.toolCalled(),
        tool.failure());
  }

  private static ChatRequest textRequest(@Nullable Double temperature) {
    return ChatRequest.builder()
        .messages(UserMessage.from("Count from one to ten in words."))
        .temperature(temperature)
        .maxOutputTokens(MOST_TOKENS)
        .build();
  }

  private static ChatRequest toolRequest(@Nullable Double temperature) {
    return ChatRequest.builder()
        .messages(UserMessage.from("Call the tool report_ready with the word \"yes\"."))
        .temperature(temperature)
        .maxOutputTokens(MOST_TOOL_TOKENS)
        .toolSpecifications(TOOL)
        .build();
  }

  /**
   * Returns true if the model answers. A model without tool support is usable by agents without
   * tools.
   */
  public boolean isUsable() {
    return failure == null;
  }
}
