package io.agentstream.chat.speaker;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.event.EndReason;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A model plans, and directs the team after its plan: AutoGen's {@code MagenticOneGroupChat}. Made
 * by {@link SpeakerSelector#planner}; immutable.
 *
 * <p>First the model surveys the facts and writes a plan; both, with the task, are the ledger.
 * Before each turn it judges: is the request satisfied, does the team go in a loop, is there
 * progress, who speaks next, with what instruction. A round in a loop or without progress is a
 * stall, one with progress takes a stall back; after {@link #maxStalls} of them the facts and the
 * plan are written anew. Once the request is satisfied, somebody gives the final answer ({@link
 * #finalAnswerBy}), and the run ends with {@code completed}; once the rounds are used up, it gives
 * the answer that there is, within the last round, and the run ends with {@code max_rounds}.
 *
 * <p>What the user says while the team is at it belongs to the task from then on, be it in the same
 * run or after a stop, a failure or the last round; the ledger is kept. What the user says after
 * the final answer is a new task, planned in view of the whole conversation.
 *
 * <p>Different from AutoGen 0.7:
 *
 * <ul>
 *   <li>The planner is no speaker: the ledger and the instruction reach an agent with its turn
 *       alone, no viewer sees them, and an agent gives the final answer. Agents keep the whole
 *       conversation when the plan is renewed; the model judges what came after.
 *   <li>The count of stalls begins anew with a new plan; there it goes on, and each further stall
 *       renews the plan. A new plan is always tried by a turn before the next one is made.
 *   <li>The judgement comes in lines, not as JSON. One that cannot be read is asked for again,
 *       three times in all, then it is a stall and the next in order speaks; there it is ten times,
 *       then the team fails.
 *   <li>A model that fails is asked again, three times in all; then the run ends with {@code
 *       failed}. What the user says next goes on with the ledger as it was.
 * </ul>
 *
 * <p>What the model uses counts as the conversation's overhead. The state is the ledger.
 */
public final class PlannerSelector implements SpeakerSelector {

  /** After how many stalls the plan is renewed unless said otherwise. */
  public static final int DEFAULT_MAX_STALLS = 3;

  /** What is asked for as the final answer unless said otherwise. */
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
   * The same with another number of stalls after which the plan is renewed, from 1; {@value
   * #DEFAULT_MAX_STALLS} by default.
   */
  public PlannerSelector maxStalls(int maxStalls) {
    if (maxStalls < 1) {
      throw new IllegalArgumentException("maxStalls must be at least 1, not " + maxStalls);
    }
    return new PlannerSelector(model, maxStalls, finalAnswerBy, finalAnswerPrompt);
  }

  /** The same with this participant giving the final answer; whoever spoke last by default. */
  public PlannerSelector finalAnswerBy(String agentName) {
    Objects.requireNonNull(agentName, "agentName");
    return new PlannerSelector(model, maxStalls, agentName, finalAnswerPrompt);
  }

  /**
   * The same with another prompt for the final answer, where {@code {task}} is the task; {@link
   * #DEFAULT_FINAL_ANSWER_PROMPT} by default.
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
