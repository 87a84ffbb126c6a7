package io.agentstream.chat.speaker;

/**
 * A possible speaker.
 *
 * @param isPerson true if a person has the seat, who gets no tools and sees the turn's instruction
 *     as a question
 */
public record Participant(String name, String description, boolean isPerson) {

  /** Creates a participant that is not a person. */
  public Participant(String name, String description) {
    this(name, description, false);
  }
}
