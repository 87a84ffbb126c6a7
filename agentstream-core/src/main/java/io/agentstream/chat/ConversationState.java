package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.Author;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.Delivery;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.MessageWithdrawn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a conversation between two events, with which {@link GroupChat#restore} continues it
 * elsewhere. It does not contain a current turn: the same speaker repeats that turn, or continues
 * it after its tool calls. It contains everything that was finished, including finished turns of a
 * step with other turns in progress.
 *
 * @param version the version of this format, {@value #VERSION}
 * @param id the conversation's id
 * @param epoch the epoch in which it was taken
 * @param topic the topic
 * @param runNumber the number of the run, from 1
 * @param run the progress of that run
 * @param activeMillis the duration of that run in milliseconds, without pauses
 * @param ending the end of that run; null if it had not ended
 * @param paused true if a person had paused it; a pause by a {@link Hold} does not count
 * @param messageCount the number of message ids given out
 * @param inputCount the number of question ids given out
 * @param utterances all utterances
 * @param teams the memory of each team's selector
 * @param usage the tokens used
 * @param pendingInput the open question to a person, or null. It is asked again, under another id
 * @param inbox people's messages
 * @param pausedBy the person who paused it; null if it was not paused, or nobody is known
 * @param calls the participants that somebody called on and that have not spoken since; null for
 *     none
 * @param roster the seats, in order; null if they are still those of the chat
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
    Inbox inbox,
    @Nullable Author pausedBy,
    @Nullable List<Called> calls,
    @Nullable List<RosterSeat> roster) {

  /** The current version; older ones stay readable. */
  public static final int VERSION = 1;

  /**
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  public ConversationState {
    // A view of a running conversation is not copied: one is taken several times a turn.
    utterances = GrowingList.immutable(utterances);
    teams = List.copyOf(teams);
    calls = calls == null ? null : List.copyOf(calls);
    roster = roster == null ? null : List.copyOf(roster);
    check(!topic.isBlank(), "the topic is blank");
    check(epoch >= 1, "the epoch is below 1");
    check(run.firstMessage() < utterances.size(), "the run begins after the last utterance");
  }

  /** Returns the same state with another number of message ids given out. */
  public ConversationState withMessageCount(int count) {
    return new ConversationState(
        version,
        id,
        epoch,
        topic,
        runNumber,
        run,
        activeMillis,
        ending,
        paused,
        count,
        inputCount,
        utterances,
        teams,
        usage,
        pendingInput,
        inbox,
        pausedBy,
        calls,
        roster);
  }

  /** Returns the seats of agents that were added while it ran and that a restore needs. */
  public List<RosterSeat> added() {
    return roster == null ? List.of() : roster.stream().filter(RosterSeat::needsAgent).toList();
  }

  /** Returns the ids of all messages that are over: nothing in them changes any more. */
  public Set<String> finishedMessages() {
    Set<String> ids = new HashSet<>();
    utterances.forEach(utterance -> ids.add(utterance.message().messageId()));
    addTurns(run, ids);
    for (Team team : teams) {
      if (team.run() != null) {
        addTurns(team.run(), ids);
      }
    }
    return ids;
  }

  private static void addTurns(Run run, Set<String> ids) {
    run.turns().forEach(turn -> ids.add(turn.complete().messageId()));
    if (run.calledTurns() != null) {
      run.calledTurns().forEach(turn -> ids.add(turn.complete().messageId()));
    }
    if (run.step() != null) {
      run.step().over().forEach(turn -> ids.add(turn.complete().messageId()));
    }
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  /**
   * The end of a run.
   *
   * @param reason as in {@code conversation_ended}
   * @param detail as in {@code conversation_ended}, or null
   * @param author as in {@code conversation_ended}, or null
   */
  public record Ending(EndReason reason, @Nullable String detail, @Nullable Author author) {

    /** Creates an end that no person caused. */
    public Ending(EndReason reason, @Nullable String detail) {
      this(reason, detail, null);
    }
  }

  /**
   * The progress of a team's run.
   *
   * @param firstMessage the index in {@code utterances} of the message that began it, from 0
   * @param usageAtStart the tokens used before it
   * @param turns the turns of finished steps
   * @param lastStepTurns how many of them belong to the last step
   * @param roundsBegun the number of rounds that have begun
   * @param roundsOver the number of finished rounds
   * @param consecutiveFailures the number of turns that failed in a row
   * @param elapsedMillis its duration in milliseconds, with pauses
   * @param step the current step; null between two steps
   * @param calledTurns the turns of participants that somebody called on, which are not in {@code
   *     turns}; null for none
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
      @Nullable Step step,
      @Nullable List<TurnOutcome> calledTurns) {
    public Run {
      turns = GrowingList.immutable(turns);
      calledTurns = calledTurns == null ? null : GrowingList.immutable(calledTurns);
      check(firstMessage >= 0, "the run begins before the first utterance");
      check(lastStepTurns >= 0 && lastStepTurns <= turns.size(), "the last step has no such turns");
    }

    /** Creates the progress of a run in which nobody was called on. */
    public Run(
        int firstMessage,
        ConversationUsage usageAtStart,
        List<TurnOutcome> turns,
        int lastStepTurns,
        int roundsBegun,
        int roundsOver,
        int consecutiveFailures,
        long elapsedMillis,
        @Nullable Step step) {
      this(
          firstMessage,
          usageAtStart,
          turns,
          lastStepTurns,
          roundsBegun,
          roundsOver,
          consecutiveFailures,
          elapsedMillis,
          step,
          null);
    }
  }

  /**
   * A step in progress.
   *
   * @param decision the selector's decision
   * @param messagesBefore the number of utterances when it began; a repeated turn sees these, and
   *     not later messages of the step
   * @param over the outcomes of finished turns
   * @param failure the reason why the run ends after it; null if the run continues
   * @param begun the turns in progress that have called tools; null if there is none
   * @param called true if a call on a participant caused it, in place of the selector; else null
   * @param callDepth the depth of that call; null for a person's call
   */
  public record Step(
      Selection.Speak decision,
      int messagesBefore,
      List<TurnOutcome> over,
      @Nullable String failure,
      @Nullable List<BegunTurn> begun,
      @Nullable Boolean called,
      @Nullable Integer callDepth) {
    public Step {
      over = List.copyOf(over);
      begun = begun == null ? null : List.copyOf(begun);
    }

    /** Creates a step that the selector chose. */
    public Step(
        Selection.Speak decision,
        int messagesBefore,
        List<TurnOutcome> over,
        @Nullable String failure,
        @Nullable List<BegunTurn> begun) {
      this(decision, messagesBefore, over, failure, begun, null, null);
    }
  }

  /**
   * The memory of a team's selector.
   *
   * @param path the names from the outermost team inward; empty for the chat itself
   * @param state the selector's state after the last step
   * @param lastSpeaker the team's last speaker, or null
   * @param answered a person's answer in this step that the selector has not used yet, or null
   * @param run the run of a nested team that is speaking; null for other teams and for the chat
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
   * A person's answer that a selector has not used yet.
   *
   * @param state the selector's state when it asked
   * @param input the answer
   */
  public record Answered(String state, String input) {}

  /**
   * People's messages.
   *
   * @param waiting messages that are not in {@code utterances} yet, because a turn was in progress
   * @param unanswered true if a message still needs a run
   * @param seenIds the newest messages, by id, so that a repeated message is accepted only once
   * @param queue more about each of {@code waiting}, in the same order; null if nothing more is
   *     known
   * @param withdrawing withdrawals that were recorded and not yet reported; null for none
   * @param withdrawnIds the newest queue ids of withdrawn messages; null for none
   */
  public record Inbox(
      List<String> waiting,
      boolean unanswered,
      List<String> seenIds,
      @Nullable List<Waiting> queue,
      @Nullable List<MessageWithdrawn> withdrawing,
      @Nullable List<String> withdrawnIds) {
    public Inbox {
      waiting = List.copyOf(waiting);
      seenIds = List.copyOf(seenIds);
      queue = queue == null || queue.size() != waiting.size() ? null : List.copyOf(queue);
      withdrawing = withdrawing == null ? null : List.copyOf(withdrawing);
      withdrawnIds = withdrawnIds == null ? null : List.copyOf(withdrawnIds);
    }

    /** Creates an inbox of messages without authors. */
    public Inbox(List<String> waiting, boolean unanswered, List<String> seenIds) {
      this(waiting, unanswered, seenIds, null, null, null);
    }
  }

  /**
   * A call on a participant.
   *
   * @param agentName the participant
   * @param by the person who called, or null
   * @param byAgent the agent that called; null for a person's call
   * @param depth how many calls of agents led to it, with its own; null for a person's call
   */
  public record Called(
      String agentName, @Nullable Author by, @Nullable String byAgent, @Nullable Integer depth) {}

  /**
   * A message that waits, besides its text.
   *
   * @param queueId its id while it waits
   * @param author the person who said it, or null
   * @param when the moment for which it waits
   */
  public record Waiting(String queueId, @Nullable Author author, Delivery when) {

    static Waiting of(QueuedMessage message) {
      return new Waiting(message.queueId(), message.author(), message.when());
    }

    QueuedMessage with(String content) {
      return new QueuedMessage(queueId, author, content, when);
    }
  }
}
