package io.agentstream.teams;

import io.agentstream.settings.Limits;
import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Kind;
import io.agentstream.teams.internal.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A team. A component that is null has core's default.
 *
 * @param name its name for viewers
 * @param description one sentence for viewers
 * @param participants agents, people, or other teams, in speaking order
 * @param people people with a seat in this team alone
 * @param speakerSelection how the next speaker is picked
 * @param endWhen when a run ends before its last round
 * @param maxRounds how many rounds a run has at most
 * @param callDepth how many calls of agents on each other may follow from each other
 * @param onFailure what follows a failed turn
 * @param input questions to people
 * @param timeouts the timeouts for its runs and turns
 * @param limits the limits for its conversations
 * @param samples topics that viewers may choose
 */
public record TeamSpec(
    @Field(value = "The name for viewers.", text = Texts.NAME, longest = 64) String name,
    @Field(value = "One sentence for viewers.", longest = 2_000) @Nullable String description,
    @Field(
            value = "Names of agents, of people or of other teams, in speaking order.",
            text = Texts.NAME,
            longest = 64,
            fewest = 1)
        List<String> participants,
    @Field("People with a seat in this team alone; participants names them too.")
        List<PersonSpec> people,
    @Field("How the next speaker is picked; default round_robin.")
        @Nullable SelectionSpec speakerSelection,
    @Field("When a run ends before its last round.") @Nullable EndSpec endWhen,
    @Field(value = "How many rounds a run has at most.", least = 1, most = 100_000)
        @Nullable Integer maxRounds,
    @Field(
            value = "How many calls of agents with @Name may follow from each other; default 0.",
            most = 16)
        @Nullable Integer callDepth,
    @Field("What follows a failed turn: skip, {skip: 5} or end; default skip.")
        @Nullable OnFailure onFailure,
    @Field("Questions to people.") @Nullable Input input,
    @Field("The timeouts for its runs and turns.") @Nullable TimeoutSpec timeouts,
    @Field("The limits for its conversations.") @Nullable LimitSpec limits,
    @Field(value = "Topics that viewers may choose.", longest = 8_000) List<String> samples) {

  /** The policy for failed turns. */
  public sealed interface OnFailure permits Skip, End {}

  /**
   * Failed turns are skipped.
   *
   * @param skip the run ends when this many in a row have failed; null for 3
   */
  public record Skip(
      @Field(value = "The run ends when this many turns in a row have failed.", least = 1)
          @Nullable Integer skip)
      implements OnFailure {}

  /** The run ends with the first failed turn. */
  @Kind("end")
  public record End() implements OnFailure {}

  /**
   * Questions to people.
   *
   * @param timeoutSeconds how long a person may take
   * @param onTimeout what follows if nobody answers
   */
  public record Input(
      @Field(value = "How long a person may take.", least = 1, most = 2_073_600)
          @Nullable Integer timeoutSeconds,
      @Field("What follows if nobody answers; default end.") @Nullable OnTimeout onTimeout) {}

  /** The policy for questions that nobody answers in time. */
  public enum OnTimeout {
    END,
    GO_ON
  }

  /**
   * Limits.
   *
   * @param maxAnswerChars the longest answer of a model
   * @param maxToolResultChars the longest result of a tool that a model sees
   * @param maxConversationChars how much text a conversation may hold
   * @param maxConversationMessages how many messages a conversation may hold
   * @param maxWaitingMessages how many messages of people may wait
   */
  public record LimitSpec(
      @Field(value = "The longest answer of a model.", least = 1) @Nullable Integer maxAnswerChars,
      @Field(value = "The longest result of a tool that a model sees.", least = 1)
          @Nullable Integer maxToolResultChars,
      @Field(value = "How much text a conversation may hold.", least = 1)
          @Nullable Integer maxConversationChars,
      @Field(value = "How many messages a conversation may hold.", least = 1)
          @Nullable Integer maxConversationMessages,
      @Field(value = "How many messages of people may wait.", least = 1)
          @Nullable Integer maxWaitingMessages) {

    /** Sets the limits that are not null. */
    void applyTo(Limits.Builder limits) {
      Given.set(maxAnswerChars, limits::maxAnswerChars);
      Given.set(maxToolResultChars, limits::maxToolResultChars);
      Given.set(maxConversationChars, limits::maxConversationChars);
      Given.set(maxConversationMessages, limits::maxConversationMessages);
      Given.set(maxWaitingMessages, limits::maxWaitingMessages);
    }
  }
}
