package io.agentstream.chat.speaker;

import io.agentstream.event.NewMessage;
import io.agentstream.internal.SpokenText;
import java.util.List;
import java.util.stream.Collectors;

/** The conversation as text, for models that pick and plan. */
final class Transcript {

  private Transcript() {}

  /**
   * Returns the messages with their speakers; only a speaker's name stands at the start of a line.
   */
  static String of(List<NewMessage> messages) {
    return messages.stream()
        .map(message -> SpokenText.of(message.speaker(), message.content()))
        .collect(Collectors.joining("\n"));
  }

  /** Returns true for a message of a person who is not asked as a participant. */
  static boolean isRequest(NewMessage message) {
    return message.role() == NewMessage.Role.USER && message.seat() == null;
  }

  /** Returns the participants with their descriptions, one on each line. */
  static String roles(SelectionContext context) {
    return context.participants().stream().map(Transcript::role).collect(Collectors.joining("\n"));
  }

  private static String role(Participant participant) {
    String description = participant.description().replaceAll("\\s+", " ").strip();
    return description.isEmpty() ? participant.name() : participant.name() + ": " + description;
  }
}
