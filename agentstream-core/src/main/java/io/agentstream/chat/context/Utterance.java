package io.agentstream.chat.context;

import dev.langchain4j.data.message.ChatMessage;
import io.agentstream.event.NewMessage;
import java.util.List;

/**
 * A message with the tool calls that led to it.
 *
 * @param message what was said
 * @param exchange the calls of tools and their results, in order; shown to the speaker alone
 */
public record Utterance(NewMessage message, List<ChatMessage> exchange) {

  public Utterance {
    exchange = List.copyOf(exchange);
  }

  /** An utterance without tool calls. */
  public static Utterance of(NewMessage message) {
    return new Utterance(message, List.of());
  }
}
