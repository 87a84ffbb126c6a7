package io.agentstream.chat.termination;

import io.agentstream.event.NewMessage;
import io.agentstream.internal.Thoughts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ends when a text is mentioned. Created by {@link TerminationCondition#textMention}. Immutable.
 */
public final class TextMentionTermination implements TerminationCondition {

  private final String text;
  private final List<String> sources;
  private final boolean includingTopic;

  TextMentionTermination(String text, List<String> sources, boolean includingTopic) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("textMention needs a text: every message holds the empty");
    }
    this.text = text;
    this.sources = List.copyOf(sources);
    this.includingTopic = includingTopic;
  }

  /** Returns a condition that also counts the message that began the run, from any sender. */
  public TextMentionTermination includingTopic() {
    return new TextMentionTermination(text, sources, true);
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    List<NewMessage> messages = run.messages();
    boolean mentioned =
        IntStream.range(0, messages.size())
            .anyMatch(i -> counts(i, messages.get(i)) && mentions(messages.get(i)));
    return mentioned
        ? Optional.of(Termination.terminated("'" + text + "' was said."))
        : Optional.empty();
  }

  /** Thoughts inside an agent's text do not count. */
  private boolean mentions(NewMessage message) {
    return message.content().contains(text)
        && (message.role() == NewMessage.Role.USER
            || Thoughts.without(message.content()).contains(text));
  }

  private boolean counts(int index, NewMessage message) {
    return index == 0 ? includingTopic : sources.isEmpty() || sources.contains(message.sender());
  }

  @Override
  public String toString() {
    return "TextMentionTermination[" + text + "]";
  }
}
