package io.agentstream.teams;

import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Kind;
import io.agentstream.teams.internal.Texts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a team picks its next speaker. A component that is null has core's default. */
@Kind("kind")
public sealed interface SelectionSpec
    permits SelectionSpec.RoundRobin,
        SelectionSpec.Random,
        SelectionSpec.Manual,
        SelectionSpec.Handoff,
        SelectionSpec.Parallel,
        SelectionSpec.Model,
        SelectionSpec.Planner,
        SelectionSpec.Custom {

  /** Everybody in turn. */
  @Kind("round_robin")
  record RoundRobin() implements SelectionSpec {}

  /**
   * At random, but not the last speaker.
   *
   * @param seed determines the order; null for another one each time
   */
  @Kind("random")
  record Random(
      @Field(value = "Makes the order the same in every conversation.", least = -1e15)
          @Nullable Long seed)
      implements SelectionSpec {}

  /** A person names the next speaker. */
  @Kind("manual")
  record Manual() implements SelectionSpec {}

  /**
   * The speaker hands over to the next.
   *
   * @param toUser true if agents may also hand over to the user
   * @param keepsTheFloor true if an agent that hands over to nobody speaks again
   */
  @Kind("handoff")
  record Handoff(
      @Field("Whether agents may hand over to the user; default false.") @Nullable Boolean toUser,
      @Field("Whether an agent that hands over to nobody speaks again; default false.")
          @Nullable Boolean keepsTheFloor)
      implements SelectionSpec {}

  /**
   * All but one speak at once; then that one sums up.
   *
   * @param summariser who sums up; null for the last participant
   * @param instruction the instruction for the summary
   */
  @Kind("parallel")
  record Parallel(
      @Field(
              value = "The participant that sums up; default the last one.",
              text = Texts.NAME,
              longest = 64)
          @Nullable String summariser,
      @Field(value = "The instruction for the summary.", longest = 20_000)
          @Nullable String instruction)
      implements SelectionSpec {}

  /**
   * A model picks.
   *
   * @param model the name of the model; null for the default one
   * @param prompt the question, with {roles}, {participants} and {history}
   * @param allowRepeats true if the last speaker may be picked again
   * @param attempts how often the model is asked at most
   */
  @Kind("model")
  record Model(
      @Field(value = "The model that picks; default: the default one.", text = Texts.ID)
          @Nullable String model,
      @Field(
              value = "The question; {participants} in it is needed, {roles} and {history} may be.",
              longest = 20_000)
          @Nullable String prompt,
      @Field("Whether the last speaker may be picked again; default false.")
          @Nullable Boolean allowRepeats,
      @Field(value = "How often the model is asked at most.", least = 1, most = 100)
          @Nullable Integer attempts)
      implements SelectionSpec {}

  /**
   * A model makes a plan and directs the team.
   *
   * @param model the name of the model; null for the default one
   * @param maxStalls after how many stalls the plan is renewed
   * @param finalAnswerBy who gives the final answer; null for the last speaker
   * @param finalAnswerPrompt the prompt for it, with {task}
   */
  @Kind("planner")
  record Planner(
      @Field(value = "The model that plans; default: the default one.", text = Texts.ID)
          @Nullable String model,
      @Field(value = "After how many stalls the plan is renewed.", least = 1, most = 1_000)
          @Nullable Integer maxStalls,
      @Field(
              value = "The participant that gives the final answer; default the last speaker.",
              text = Texts.NAME,
              longest = 64)
          @Nullable String finalAnswerBy,
      @Field(value = "The prompt for the final answer; {task} is the task.", longest = 20_000)
          @Nullable String finalAnswerPrompt)
      implements SelectionSpec {}

  /**
   * An extension picks.
   *
   * @param name the extension's name
   * @param settings its settings
   * @param orElse the selection that decides if the extension picks nobody
   */
  @Kind("custom")
  record Custom(
      @Field(value = "The name of an extension.", text = Texts.ID) String name,
      @Field("The extension's settings.") Map<String, Object> settings,
      @Field("The selection that decides if the extension picks nobody.")
          @Nullable SelectionSpec orElse)
      implements SelectionSpec {}
}
