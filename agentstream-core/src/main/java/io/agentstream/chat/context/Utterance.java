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
 * @param message what was said; its content is empty for a turn that called tools and said nothing
 * @param exchange the calls of tools and their results, in order; shown to the speaker as they are
 */
public record Utterance(NewMessage message, List<ChatMessage> exchange) {

  /** The attribute of a tool's result that only steers the chat, such as a handoff. */
  public static final String STEERS = "agentstream.steers";

  /** How much of one result the others are shown, in UTF-16 code units. */
  private static final int MOST_OF_RESULT = 2_000;

  public Utterance {
    exchange = List.copyOf(exchange);
  }

  /** Returns an utterance without tool calls. */
  public static Utterance of(NewMessage message) {
    return new Utterance(message, List.of());
  }

  /** Returns whether a tool's result only steers the chat. */
  public static boolean steers(ToolExecutionResultMessage result) {
    return Boolean.TRUE.equals(result.attributes().get(STEERS));
  }

  /** Returns whether nothing was said: only tools were called. */
  public boolean saysNothing() {
    return message.content().isEmpty();
  }

  /**
   * Returns the words that followed the last tool call; the words before it stand in the exchange.
   * Empty if none followed.
   */
  public String closingWords() {
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
   * Returns what the other speakers are shown: the speaker's name, its words, and the results of
   * tools that no words followed, shortened. The name of the speaker stands at the beginning of a
   * line, and nothing else of the message does.
   */
  public String asShownToOthers() {
    String words = SpokenText.of(message.sender(), message.content());
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
