package io.agentstream.chat.context;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.event.NewMessage;
import io.agentstream.internal.SpokenText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message with the tool calls that led to it.
 *
 * @param message the message; its content is empty for a turn that called tools and said nothing
 * @param exchange the tool calls and their results, in order; shown to the speaker unchanged
 */
public record Utterance(NewMessage message, List<ChatMessage> exchange) {

  /**
   * The attribute that marks a tool's result as one that only steers the chat, such as a handoff.
   */
  public static final String STEERS = "agentstream.steers";

  /** The longest part of one result that others see, in UTF-16 code units. */
  private static final int MOST_OF_RESULT = 2_000;

  public Utterance {
    exchange = List.copyOf(exchange);
  }

  /** Returns an utterance without tool calls. */
  public static Utterance of(NewMessage message) {
    return new Utterance(message, List.of());
  }

  /** Returns true if a tool's result only steers the chat. */
  public static boolean steers(ToolExecutionResultMessage result) {
    return Boolean.TRUE.equals(result.attributes().get(STEERS));
  }

  /** Returns true if the turn only called tools and said nothing. */
  public boolean saysNothing() {
    return message.content().isEmpty();
  }

  /**
   * Returns the text after the last tool call, or an empty text. The text before it is in the
   * exchange.
   */
  public String closingWords() {
    if (exchange.isEmpty()) {
      return message.content().isBlank() ? "" : message.content();
    }
    String before =
        exchange.stream()
            .filter(AiMessage.class::isInstance)
            .map(answer -> ((AiMessage) answer).text())
            .filter(text -> text != null)
            .collect(Collectors.joining());
    String all = message.content();
    String rest = all.startsWith(before) ? all.substring(before.length()) : all;
    return rest.isBlank() ? "" : rest;
  }

  /**
   * Returns the form for other speakers: the speaker's name, its text, and, shortened, the results
   * of tools without text after them. Only the speaker's name stands at the beginning of a line.
   */
  public String asShownToOthers() {
    String words = SpokenText.of(message.speaker(), message.content());
    String results = closingWords().isEmpty() ? unspokenResults() : "";
    return results.isEmpty() ? words : words + (saysNothing() ? "" : "\n  ") + results;
  }

  private String unspokenResults() {
    return exchange.stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(ToolExecutionResultMessage.class::cast)
        .filter(result -> !steers(result))
        .map(result -> "(" + result.toolName() + ": " + shortened(result) + ")")
        .map(SpokenText::indented)
        .collect(Collectors.joining("\n  "));
  }

  private static String shortened(ToolExecutionResultMessage result) {
    String text = String.valueOf(result.text());
    return text.length() <= MOST_OF_RESULT ? text : text.substring(0, MOST_OF_RESULT) + "…";
  }
}
