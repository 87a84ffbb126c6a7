package io.agentstream.chat.termination;

import io.agentstream.event.NewMessage;
import io.agentstream.internal.Thoughts;
import java.util.Optional;

record StopMessageTermination(String word) implements TerminationCondition {

  StopMessageTermination {
    if (word.isBlank()) {
      throw new IllegalArgumentException("The word of a stop message must not be blank");
    }
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    return run.messages().stream()
        .skip(1)
        .filter(message -> message.role() == NewMessage.Role.ASSISTANT && asksToStop(message))
        .findFirst()
        .map(message -> Termination.terminated(message.sender() + " asked to stop."));
  }

  private boolean asksToStop(NewMessage message) {
    String content = Thoughts.without(message.content()).stripTrailing();
    int lastLine = Math.max(content.lastIndexOf('\n'), content.lastIndexOf('\r')) + 1;
    String line = content.substring(lastLine);
    int at = line.indexOf(word);
    return at >= 0 && isBare(line.substring(0, at)) && isBare(line.substring(at + word.length()));
  }

  /** Models often write the word in bold or as a sentence. */
  private static boolean isBare(String text) {
    return text.codePoints().noneMatch(Character::isLetterOrDigit);
  }
}
