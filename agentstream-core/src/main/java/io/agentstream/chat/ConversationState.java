package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stands between two events: enough to go on elsewhere with {@link
 * GroupChat#restore}. A turn that was under way is not in it: the same speaker takes the same turn
 * again. Everything that was finished is, the turns of a step whose other turns were still under
 * way among it.
 *
 * @param version the version of this form, {@value #VERSION}
 * @param id the conversation's id
 * @param epoch the incarnation it was taken of
 * @param topic what the agents were asked to talk about
 * @param runNumber which run it was in, from 1
 * @param run how far that run had come
 * @param activeMillis how long that run had lasted, pauses not included
 * @param ending why that run was over; null if it was not
 * @param paused whether it was paused
 * @param messageCount how many message ids were given out
 * @param inputCount how many ids of questions to people were given out
 * @param utterances everything said
 * @param teams what the selector of each team remembers
 * @param usage what models used
 * @param pendingInput what a person was being asked; null for nothing. It is asked again, under
 *     another id
 * @param inbox what people sent
 */
public record ConversationState(
    int version,
    String id,
    long epoch,
    String topic,
    int runNumber,
    Run run,
    long activeMillis,
    @Nullable Ending ending,
    boolean paused,
    int messageCount,
    int inputCount,
    List<Utterance> utterances,
    List<Team> teams,
    ConversationUsage usage,
    @Nullable InputRequested pendingInput,
    Inbox inbox) {

  /** The version that is written; older ones stay readable. */
  public static final int VERSION = 1;

  /**
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  public ConversationState {
    utterances = List.copyOf(utterances);
    teams = List.copyOf(teams);
    check(!topic.isBlank(), "the topic is blank");
    check(epoch >= 1, "the epoch is below 1");
    check(run.firstMessage() < utterances.size(), "the run begins after the last utterance");
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  /**
   * Why a run was over.
   *
   * @param reason as in {@code conversation_ended}
   * @param detail as in {@code conversation_ended}; null for nothing to add
   */
  public record Ending(EndReason reason, @Nullable String detail) {}

  /**
   * How far a run of a team had come.
   *
   * @param firstMessage the place in {@code utterances} of the message that began it, from 0
   * @param usageAtStart what models had used before it
   * @param turns the turns of the steps that are over
   * @param lastStepTurns how many of them the last step had
   * @param roundsBegun how many rounds have begun
   * @param roundsOver how many rounds are over
   * @param consecutiveFailures how many of the last turns failed
   * @param elapsedMillis how long it had lasted, pauses included
   * @param step the step under way; null between two steps
   */
  public record Run(
      int firstMessage,
      ConversationUsage usageAtStart,
      List<TurnOutcome> turns,
      int lastStepTurns,
      int roundsBegun,
      int roundsOver,
      int consecutiveFailures,
      long elapsedMillis,
      @Nullable Step step) {
    public Run {
      turns = List.copyOf(turns);
      check(firstMessage >= 0, "the run begins before the first utterance");
      check(lastStepTurns >= 0 && lastStepTurns <= turns.size(), "the last step has no such turns");
    }
  }

  /**
   * A step under way.
   *
   * @param decision who has the floor
   * @param messagesBefore how many utterances there were when it began: a turn that is taken again
   *     is shown these, and not what others of the step said meanwhile
   * @param over what became of those of them whose turn is over
   * @param failure why the run ends after it; null if it goes on
   */
  public record Step(
      Selection.Speak decision,
      int messagesBefore,
      List<TurnOutcome> over,
      @Nullable String failure) {
    public Step {
      over = List.copyOf(over);
    }
  }

  /**
   * What a team's selector remembers.
   *
   * @param path the names from the outermost team inward; empty for the chat itself
   * @param state its state after the last step
   * @param lastSpeaker who of the team spoke last; null for nobody
   * @param answered what a person answered it in this step, before anybody was picked; null for
   *     nothing
   * @param run the run of a nested team that has the floor; null for the others, and for the chat
   *     itself
   */
  public record Team(
      List<String> path,
      String state,
      @Nullable String lastSpeaker,
      @Nullable Answered answered,
      @Nullable Run run) {
    public Team {
      path = List.copyOf(path);
    }
  }

  /**
   * A person's answer that a selector has not made anything of yet.
   *
   * @param state what the selector left when it asked
   * @param input the answer
   */
  public record Answered(String state, String input) {}

  /**
   * What people sent.
   *
   * @param waiting what they said that is not in {@code utterances} yet, since somebody had the
   *     floor
   * @param unanswered whether they said something since which no run has begun
   * @param seenIds the newest ids of what they said, so that what is sent twice is taken once
   */
  public record Inbox(List<String> waiting, boolean unanswered, List<String> seenIds) {
    public Inbox {
      waiting = List.copyOf(waiting);
      seenIds = List.copyOf(seenIds);
    }
  }
}
