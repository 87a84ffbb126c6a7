package io.agentstream.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.context.Utterance;
import io.agentstream.event.NewMessage;
import io.agentstream.internal.SpokenText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the messages for a model: the agent's own messages have the role assistant, all others the
 * role user, with the speaker's name before the text. Consecutive messages of others become one
 * message, because the chat templates of many local models refuse two messages of the same role in
 * a row. The name is in the text because the {@code name} field allows only ASCII and many servers
 * drop it.
 */
final class Prompt {

  private static final String NOBODY_SINCE = "(Nobody has said anything since. Go on.)";

  private final String agentName;
  private final List<ChatMessage> messages = new ArrayList<>();
  private final StringBuilder others = new StringBuilder();

  private Prompt(String agentName) {
    this.agentName = agentName;
  }

  static List<ChatMessage> of(
      Agent agent, List<Utterance> utterances, @Nullable String instruction) {
    Prompt prompt = new Prompt(agent.name());
    String system = system(agent);
    if (!system.isEmpty()) {
      prompt.messages.add(SystemMessage.from(system));
    }
    utterances.forEach(prompt::add);
    if (instruction != null) {
      prompt.append(instruction);
    }
    prompt.flush();
    prompt.closeWithUser();
    return prompt.messages;
  }

  /**
   * The instructions and the agent's name, because a model without its name confuses itself with
   * others.
   */
  private static String system(Agent agent) {
    String part = agent.systemPrompt() == null ? "" : agent.systemPrompt();
    if (!agent.modelUse().introduced()) {
      return part;
    }
    String introduction =
        "Your name in this conversation is "
            + agent.name()
            + ". "
            + SpokenText.EXPLANATION
            + " Speak for yourself alone, and do not begin with your name.";
    return part.isEmpty() ? introduction : part + "\n\n" + introduction;
  }

  private void add(Utterance utterance) {
    NewMessage message = utterance.message();
    if (message.content().isBlank() && utterance.exchange().isEmpty()) {
      // Blank messages are left out, because many servers refuse them.
      return;
    }
    if (message.role() == NewMessage.Role.ASSISTANT && message.sender().equals(agentName)) {
      flush();
      openWithUser();
      separate();
      messages.addAll(utterance.exchange());
      String words = utterance.closingWords();
      if (!words.isEmpty()) {
        messages.add(AiMessage.from(words));
      } else if (!utterance.exchange().isEmpty()) {
        // After a tool's result, strict servers accept only an assistant's message.
        messages.add(AiMessage.from("(No more words.)"));
      }
    } else {
      append(utterance.asShownToOthers());
    }
  }

  /**
   * Used if a context window has removed the messages before the agent's own, because many chat
   * templates refuse an assistant that speaks first.
   */
  private void openWithUser() {
    if (messages.stream().noneMatch(UserMessage.class::isInstance)) {
      messages.add(UserMessage.from("(Earlier messages are left out.)"));
    }
  }

  /**
   * Inserted between two messages of the same agent in a row, because many chat templates refuse
   * two consecutive assistant messages.
   */
  private void separate() {
    if (messages.get(messages.size() - 1) instanceof AiMessage) {
      messages.add(UserMessage.from(NOBODY_SINCE));
    }
  }

  /**
   * Appended if the agent's own message is the last one, because many servers refuse to answer an
   * assistant message or continue it.
   */
  private void closeWithUser() {
    separate();
  }

  private void append(String text) {
    if (!others.isEmpty()) {
      others.append("\n\n");
    }
    others.append(text);
  }

  private void flush() {
    if (!others.isEmpty()) {
      messages.add(UserMessage.from(others.toString()));
      others.setLength(0);
    }
  }
}
