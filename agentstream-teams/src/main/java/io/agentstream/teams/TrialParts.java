package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.teams.internal.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stand-ins that never run. Building a file with them finds every mistake that core finds, before a
 * model or a tool server is asked.
 */
final class TrialParts implements Parts {

  private static final StreamingChatModel MODEL = new StreamingChatModel() {};

  /** Returns the name for viewers of how a team picks its next speaker. */
  static String selectionName(@Nullable SelectionSpec spec) {
    return spec == null
        ? SpeakerSelector.roundRobin().name()
        : Selections.build(spec, new TrialParts()).name();
  }

  static void build(TeamFile file, Map<String, Agent> others, Report report) {
    ChatBuilder trial = new ChatBuilder(file, TeamSetup.defaults(), new TrialParts(), others);
    for (int i = 0; i < file.agents().size(); i++) {
      AgentSpec agent = file.agents().get(i);
      attempt(() -> trial.agent(agent), "agents[" + i + "]", report);
    }
    for (int i = 0; i < file.teams().size() && report.problems().isEmpty(); i++) {
      TeamSpec team = file.teams().get(i);
      attempt(() -> trial.chat(team), "teams[" + i + "]", report);
    }
  }

  private static void attempt(Runnable part, String path, Report report) {
    try {
      part.run();
    } catch (IllegalArgumentException | IllegalStateException e) {
      report.add(path, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public StreamingChatModel model(@Nullable String name) {
    return MODEL;
  }

  @Override
  public Tools tools(String name) {
    return Tools.of(List.of());
  }

  @Override
  public SpeakerSelector selection(SelectionSpec.Custom custom, @Nullable SpeakerSelector orElse) {
    return orElse == null ? SpeakerSelector.roundRobin() : orElse;
  }

  @Override
  public TerminationCondition condition(EndSpec.Custom custom) {
    return run -> Optional.empty();
  }

  @Override
  public TerminationCondition external(String name) {
    return run -> Optional.empty();
  }
}
