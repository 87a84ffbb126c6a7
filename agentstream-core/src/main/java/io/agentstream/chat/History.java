package io.agentstream.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.event.NewMessage;
import java.util.ArrayList;
import java.util.List;

/** What was said so far. Used in the conversation's serial order only. */
final class History {

  private final List<NewMessage> messages = new ArrayList<>();

  void add(NewMessage message) {
    messages.add(message);
  }

  List<NewMessage> messages() {
    return List.copyOf(messages);
  }

  /**
   * The prompt for {@code agent}: its own messages are the assistant's, everyone else's are the
   * user's with the speaker's name before them. What others said in a row becomes one message,
   * since the chat templates of many local models refuse two of the same role in a row; and the
   * name stands in the text, since the {@code name} field allows ASCII only and many servers drop
   * it.
   */
  List<ChatMessage> asSeenBy(Agent agent) {
    List<ChatMessage> prompt = new ArrayList<>();
    if (agent.systemPrompt() != null) {
      prompt.add(SystemMessage.from(agent.systemPrompt()));
    }
    StringBuilder others = new StringBuilder();
    for (NewMessage message : messages) {
      if (isBy(agent, message)) {
        flush(others, prompt);
        prompt.add(AiMessage.from(message.content()));
      } else {
        append(others, message);
      }
    }
    flush(others, prompt);
    return prompt;
  }

  private static boolean isBy(Agent agent, NewMessage message) {
    return message.role() == NewMessage.Role.ASSISTANT && message.sender().equals(agent.name());
  }

  private static void append(StringBuilder others, NewMessage message) {
    if (!others.isEmpty()) {
      others.append("\n\n");
    }
    others.append(message.sender()).append(": ").append(message.content());
  }

  private static void flush(StringBuilder others, List<ChatMessage> prompt) {
    if (!others.isEmpty()) {
      prompt.add(UserMessage.from(others.toString()));
      others.setLength(0);
    }
  }
}
