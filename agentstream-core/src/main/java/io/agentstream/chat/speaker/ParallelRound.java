package io.agentstream.chat.speaker;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets all participants but one speak at once, without seeing each other's messages; then that one
 * sums up. Both steps are one round. AutoGen 0.7 has no such team: its concurrent agents need a
 * graph.
 *
 * <p>The state says whether the summary is due. A new run begins with a new round, so that every
 * participant sees the user's message. The summary follows even if some or all of the others
 * failed, because only the summary completes the round; the failure policy decides how many
 * failures a chat tolerates. If the one that sums up is muted or leaves, the last of the others
 * does it.
 */
final class ParallelRound implements SpeakerSelector {

  static final String DEFAULT_INSTRUCTION =
      "Sum up for the user what the others have just said: what they agree on, where they differ,"
          + " and what follows. Name who said what. Write in the language of the conversation.";

  private static final String SUMMARY_DUE = "summary";

  private final @Nullable String named;
  private final String instruction;

  /**
   * @param named the participant that sums up; null for the last one
   */
  ParallelRound(@Nullable String named, String instruction) {
    this.named = named;
    this.instruction = Objects.requireNonNull(instruction, "instruction");
  }

  @Override
  public String name() {
    return "parallel";
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    return CompletableFuture.completedStage(decide(context));
  }

  private Selection decide(SelectionContext context) {
    List<String> names = Names.of(context);
    String summariser =
        named == null || Names.isSilent(context, named)
            ? lastAgent(context)
            : Names.check(named, names, "The parallel round's summariser");
    List<Selection.Turn> others =
        names.stream().filter(name -> !name.equals(summariser)).map(Selection.Turn::of).toList();
    if (others.isEmpty()) {
      return Selection.speak(summariser);
    }
    if (context.turns() > 0 && context.state().equals(SUMMARY_DUE)) {
      return Selection.speak(List.of(Selection.Turn.of(summariser).withInstruction(instruction)))
          .inRound(false, true);
    }
    return Selection.speak(others).inRound(true, false).withState(SUMMARY_DUE);
  }

  private static String lastAgent(SelectionContext context) {
    List<String> agents = Names.ofAgents(context);
    return agents.get(agents.size() - 1);
  }
}
