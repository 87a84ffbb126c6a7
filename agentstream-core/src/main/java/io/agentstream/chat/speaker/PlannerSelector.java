package io.agentstream.chat.speaker;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.event.EndReason;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model make a plan and direct the team by it, like AutoGen's {@code MagenticOneGroupChat}.
 * Created by {@link SpeakerSelector#planner}; immutable.
 *
 * <p>First the model surveys the facts and writes a plan; both, with the task, are the ledger.
 * Before each turn the model judges whether the request is satisfied, whether the team repeats
 * itself, whether there is progress, and who speaks next with which instruction. A round with
 * repetition or without progress is a stall; a round with progress cancels one stall. After {@link
 * #maxStalls} stalls the facts and the plan are rewritten. Once the request is satisfied, a
 * participant gives the final answer ({@link #finalAnswerBy}), and the run ends with {@code
 * completed}. Once the rounds are used up, that participant gives the best answer so far, within
 * the last round, and the run ends with {@code max_rounds}.
 *
 * <p>A message from the user during the work becomes a part of the task, in the same run or after a
 * stop, a failure or the last round; the ledger is kept. A message after the final answer is a new
 * task, which is planned with the whole conversation in view.
 *
 * <p>Participants that are muted or have left are not picked, and every prompt with the team names
 * them as such, because the plan may still count on them.
 *
 * <p>Differences from AutoGen 0.7:
 *
 * <ul>
 *   <li>The planner is not a speaker. An agent gets the ledger and the instruction only with its
 *       turn, no viewer sees them, and an agent gives the final answer. Agents keep the whole
 *       conversation when the plan is renewed; the model judges the messages after that.
 *   <li>A new plan resets the count of stalls; in AutoGen the count continues, and each further
 *       stall renews the plan. A new plan is always tried by at least one turn.
 *   <li>The judgement has the form of lines, not JSON. If it cannot be read, the model is asked
 *       again, up to three times in total; then it counts as a stall, and the next participant in
 *       order speaks. AutoGen asks ten times, and then the team fails.
 *   <li>A failed call is repeated, up to three times in total; then the run ends with {@code
 *       failed}. The user's next message continues with the same ledger.
 * </ul>
 *
 * <p>The model's usage counts as the conversation's overhead. The state is the ledger.
 */
public final class PlannerSelector implements SpeakerSelector {

  /** The default number of stalls after which the plan is renewed. */
  public static final int DEFAULT_MAX_STALLS = 3;

  /** The default prompt for the final answer. */
  public static final String DEFAULT_FINAL_ANSWER_PROMPT =
      """
      The team has worked on this request:
      {task}

      The messages above hold what came of it. Give the final answer to the request now, as if you \
      were speaking to the user, in the language of the request. Where something is missing or \
      uncertain, say so.""";

  private final StreamingChatModel model;
  private final int maxStalls;
  private final @Nullable String finalAnswerBy;
  private final String finalAnswerPrompt;

  PlannerSelector(StreamingChatModel model) {
    this(model, DEFAULT_MAX_STALLS, null, DEFAULT_FINAL_ANSWER_PROMPT);
  }

  private PlannerSelector(
      StreamingChatModel model,
      int maxStalls,
      @Nullable String finalAnswerBy,
      String finalAnswerPrompt) {
    this.model = Objects.requireNonNull(model, "model");
    this.maxStalls = maxStalls;
    this.finalAnswerBy = finalAnswerBy;
    this.finalAnswerPrompt = Objects.requireNonNull(finalAnswerPrompt, "finalAnswerPrompt");
  }

  /**
   * Returns a selector with another number of stalls after which the plan is renewed, from 1;
   * default {@value #DEFAULT_MAX_STALLS}.
   */
  public PlannerSelector maxStalls(int maxStalls) {
    if (maxStalls < 1) {
      throw new IllegalArgumentException("maxStalls must be at least 1, not " + maxStalls);
    }
    return new PlannerSelector(model, maxStalls, finalAnswerBy, finalAnswerPrompt);
  }

  /**
   * Returns a selector in which this participant gives the final answer; default: the last speaker.
   */
  public PlannerSelector finalAnswerBy(String agentName) {
    Objects.requireNonNull(agentName, "agentName");
    return new PlannerSelector(model, maxStalls, agentName, finalAnswerPrompt);
  }

  /**
   * Returns a selector with another prompt for the final answer, in which {@code {task}} stands for
   * the task; default {@link #DEFAULT_FINAL_ANSWER_PROMPT}.
   */
  public PlannerSelector finalAnswerPrompt(String prompt) {
    return new PlannerSelector(model, maxStalls, finalAnswerBy, prompt);
  }

  @Override
  public String name() {
    return "planner";
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    PlannerLedger ledger = PlannerLedger.parse(context.state());
    String news = ledger.news(context.messages());
    PlannerStep step = new PlannerStep(context, model, maxStalls, finalAnswerBy, finalAnswerPrompt);
    boolean newRun = context.turns() == 0;
    boolean answered = !step.lastTurnFailed();
    return switch (ledger.phase()) {
      case NEW -> step.begin(news);
      case WORKING ->
          !news.isEmpty() && context.roundsLeft() == 0
              ? end(EndReason.MAX_ROUNDS, null)
              : step.judge(ledger.asked(news));
      case GIVING_UP ->
          newRun
              ? step.judge(ledger.in(PlannerLedger.Phase.WORKING).asked(news))
              : end(EndReason.MAX_ROUNDS, null);
      case ANSWERING -> {
        if (!answered) {
          yield newRun
              ? step.judge(ledger.in(PlannerLedger.Phase.WORKING).asked(news))
              : end(EndReason.FAILED, "The final answer failed.");
        }
        if (newRun) {
          yield step.begin(news);
        }
        if (news.isEmpty()) {
          yield end(EndReason.COMPLETED, null);
        }
        yield context.roundsLeft() == 0 ? end(EndReason.MAX_ROUNDS, null) : step.begin(news);
      }
    };
  }

  private static CompletionStage<Selection> end(EndReason reason, @Nullable String detail) {
    return CompletableFuture.completedStage(Selection.end(reason, detail));
  }
}
