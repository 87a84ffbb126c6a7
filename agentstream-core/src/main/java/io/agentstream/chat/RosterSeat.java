package io.agentstream.chat;

import io.agentstream.chat.speaker.Seat;
import org.jspecify.annotations.Nullable;

/**
 * A seat of a conversation whose roster was changed, as its state holds it.
 *
 * @param agentName the participant that has the seat, or had it last
 * @param status whether the participant may speak
 * @param added true if the participant is not one of the chat's, but was added while it ran
 * @param origin the text that was given to {@link Conversation#add(Agent, String)}; null for none
 */
public record RosterSeat(
    String agentName, Seat.Status status, boolean added, @Nullable String origin) {

  /** Returns true if a restored conversation needs an agent that its chat does not have. */
  public boolean needsAgent() {
    return added && status != Seat.Status.LEFT;
  }
}
