package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stood after its last finished step: enough to go on elsewhere with {@link
 * GroupChat#restore}. What was being said at that moment is not in it; it is said again.
 *
 * @param version the version of this form, {@value #VERSION}
 * @param id the conversation's id
 * @param epoch the incarnation it was taken of
 * @param topic what the agents were asked to talk about
 * @param runNumber which run it was in, from 1
 * @param run how far that run had come
 * @param ended why the run was over; null if it was not
 * @param paused whether it was paused
 * @param messageCount how many message ids were given out
 * @param utterances everything said
 * @param teams what the selector of each team remembers
 * @param usage what models used
 * @param pendingInput what a person was being asked; null for nothing. It is asked again
 */
public record ConversationState(
    int version,
    String id,
    long epoch,
    String topic,
    int runNumber,
    Run run,
    @Nullable EndReason ended,
    boolean paused,
    int messageCount,
    List<Utterance> utterances,
    List<Team> teams,
    ConversationUsage usage,
    @Nullable InputRequested pendingInput) {

  /** The version that is written; older ones stay readable. */
  public static final int VERSION = 1;

  public ConversationState {
    utterances = List.copyOf(utterances);
    teams = List.copyOf(teams);
  }

  /**
   * How far a run had come.
   *
   * @param firstMessage the place in {@code utterances} of the message that began it
   * @param usageAtStart what models had used before it
   * @param turns the turns that are over
   * @param roundsBegun how many rounds have begun
   * @param roundsOver how many rounds are over
   * @param failuresInARow how many of the last turns failed
   */
  public record Run(
      int firstMessage,
      ConversationUsage usageAtStart,
      List<TurnOutcome> turns,
      int roundsBegun,
      int roundsOver,
      int failuresInARow) {
    public Run {
      turns = List.copyOf(turns);
    }
  }

  /**
   * What a team's selector remembers.
   *
   * @param path the names from the outermost team inward; empty for the chat itself
   * @param state its state
   * @param lastSpeaker who of the team spoke last; null for nobody
   */
  public record Team(List<String> path, String state, @Nullable String lastSpeaker) {
    public Team {
      path = List.copyOf(path);
    }
  }
}
