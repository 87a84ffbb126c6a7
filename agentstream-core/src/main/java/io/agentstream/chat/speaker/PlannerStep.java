package io.agentstream.chat.speaker;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.Interview.Reading;
import io.agentstream.chat.speaker.PlannerLedger.Phase;
import io.agentstream.chat.speaker.Selection.Turn;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One decision of a {@link PlannerSelector}: its calls to the model, and the result. */
final class PlannerStep {

  private static final int ATTEMPTS = 3;

  private final SelectionContext context;
  private final StreamingChatModel model;
  private final int maxStalls;
  private final @Nullable String finalAnswerBy;
  private final String finalAnswerPrompt;
  private final List<String> names;
  private final int messages;

  PlannerStep(
      SelectionContext context,
      StreamingChatModel model,
      int maxStalls,
      @Nullable String finalAnswerBy,
      String finalAnswerPrompt) {
    this.context = context;
    this.model = model;
    this.maxStalls = maxStalls;
    this.finalAnswerPrompt = finalAnswerPrompt;
    this.names = Names.of(context);
    this.messages = context.messages().size();
    this.finalAnswerBy =
        finalAnswerBy == null || Names.isSilent(context, finalAnswerBy)
            ? null
            : Names.check(finalAnswerBy, names, "The planner's finalAnswerBy");
  }

  boolean lastTurnFailed() {
    List<TurnOutcome> step = context.lastStep();
    return !step.isEmpty()
        && step.get(step.size() - 1).complete().finishReason() == TurnFinishReason.ERROR;
  }

  /** Plans for a new task, which is the last message if the user has sent none. */
  CompletionStage<Selection> begin(String wanted) {
    NewMessage last = context.messages().get(messages - 1);
    PlannerLedger ledger = PlannerLedger.of(wanted.isEmpty() ? last.content() : wanted);
    return plan(ledger, before(), PlannerPrompts.FACTS, PlannerPrompts.PLAN)
        .thenCompose(planned -> judge(planned, false));
  }

  /** Continues a task. */
  CompletionStage<Selection> judge(PlannerLedger ledger) {
    return judge(ledger, true);
  }

  /** Returns the messages before the user's last ones. */
  private String before() {
    int end = messages;
    while (end > 0 && Transcript.isRequest(context.messages().get(end - 1))) {
      end--;
    }
    return Transcript.of(context.messages().subList(0, end));
  }

  private String since(PlannerLedger ledger) {
    return Transcript.of(context.messages().subList(ledger.planFrom(), messages));
  }

  private CompletionStage<PlannerLedger> plan(
      PlannerLedger ledger, String known, String factsPrompt, String planPrompt) {
    return text(Template.fill(factsPrompt, values(ledger, known)))
        .thenCompose(
            facts -> {
              PlannerLedger informed = ledger.planned(facts, ledger.plan(), ledger.planFrom());
              return text(Template.fill(planPrompt, values(informed, known)))
                  .thenApply(plan -> informed.planned(facts, plan, messages));
            });
  }

  private CompletionStage<String> text(String question) {
    return new Interview<>(context, model, PlannerStep::readText)
        .ask(question, ATTEMPTS)
        .thenApply(answer -> answer.orElse("(nothing)"));
  }

  private static Reading<String> readText(String answer) {
    return answer.isBlank() ? Reading.unclear("Please answer.") : Reading.of(answer);
  }

  private CompletionStage<Selection> judge(PlannerLedger ledger, boolean mayPlanAnew) {
    return new Interview<>(context, model, answer -> Judgement.read(answer, names))
        .ask(Template.fill(PlannerPrompts.PROGRESS, values(ledger, since(ledger))), ATTEMPTS)
        .thenCompose(
            judgement -> follow(judgement.orElseGet(this::unreadable), ledger, mayPlanAnew));
  }

  private Judgement unreadable() {
    String next = Names.after(context.lastSpeaker(), names, names);
    return new Judgement(false, true, next, PlannerPrompts.FALLBACK_INSTRUCTION);
  }

  private CompletionStage<Selection> follow(
      Judgement judgement, PlannerLedger ledger, boolean mayPlanAnew) {
    if (judgement.satisfied()) {
      return decided(finalAnswer(ledger, Phase.ANSWERING));
    }
    if (context.roundsLeft() == 0) {
      return decided(finalAnswer(ledger, Phase.GIVING_UP));
    }
    int stalls = judgement.stuck() ? ledger.stalls() + 1 : Math.max(0, ledger.stalls() - 1);
    if (stalls >= maxStalls && mayPlanAnew) {
      return plan(ledger, since(ledger), PlannerPrompts.FACTS_AGAIN, PlannerPrompts.PLAN_AGAIN)
          .thenCompose(planned -> judge(planned, false));
    }
    return decided(turn(judgement, ledger.stalled(stalls)));
  }

  private Selection turn(Judgement judgement, PlannerLedger ledger) {
    Map<String, String> values = values(ledger, "");
    values.put("name", judgement.next());
    values.put("instruction", judgement.instruction());
    // A person gets the question alone: viewers see it, and the ledger is not for them.
    String instruction =
        Names.isPerson(context, judgement.next())
            ? judgement.instruction()
            : Template.fill(PlannerPrompts.TURN, values);
    return Selection.speak(List.of(Turn.of(judgement.next()).withInstruction(instruction)))
        .withState(ledger.seen(messages).toState());
  }

  private Selection finalAnswer(PlannerLedger ledger, Phase phase) {
    String instruction = Template.fill(finalAnswerPrompt, Map.of("task", ledger.task()));
    // Within the last round, so that using up the rounds does not cut off the answer.
    boolean ownRound = context.turns() == 0;
    return Selection.speak(
            List.of(
                Turn.of(answerer()).withInstruction(instruction).withReason("The final answer.")))
        .inRound(ownRound, ownRound)
        .withState(ledger.in(phase).seen(messages).toState());
  }

  private String answerer() {
    if (finalAnswerBy != null) {
      return finalAnswerBy;
    }
    List<String> agents = Names.ofAgents(context);
    String last = context.lastSpeaker();
    return last != null && agents.contains(last) ? last : agents.get(0);
  }

  private Map<String, String> values(PlannerLedger ledger, String history) {
    Map<String, String> values = new HashMap<>();
    values.put("task", ledger.task());
    values.put("team", Transcript.roles(context) + away());
    values.put("names", String.join(", ", names));
    values.put("facts", ledger.facts());
    values.put("plan", ledger.plan());
    values.put("history", history.isEmpty() ? "(nothing)" : history);
    return values;
  }

  /** A plan may still count on those who are silent. */
  private String away() {
    String names =
        context.seats().stream()
            .filter(seat -> !seat.isActive())
            .map(seat -> seat.participant().name())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "\nCannot be asked for now, whatever the plan says: " + names;
  }

  private static CompletionStage<Selection> decided(Selection selection) {
    return CompletableFuture.completedStage(selection);
  }
}
