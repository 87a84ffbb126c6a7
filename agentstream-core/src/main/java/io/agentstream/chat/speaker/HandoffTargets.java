package io.agentstream.chat.speaker;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.event.NewMessage;
import io.agentstream.event.ToolCall;
import io.agentstream.internal.HandoffTools;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The possible receivers of a handoff, by tool name. */
final class HandoffTargets {

  private static final int LONGEST_TOOL_NAME = 64;

  private final Map<String, Target> byTool = new LinkedHashMap<>();

  HandoffTargets(List<Participant> participants, boolean withUser) {
    this(withUser);
    participants.forEach(participant -> add(target(participant, true)));
  }

  HandoffTargets(SelectionContext context, boolean withUser) {
    this(withUser);
    if (context.seats().isEmpty()) {
      context.participants().forEach(participant -> add(target(participant, true)));
    }
    // Those who are silent keep their tools' names, which no other may get during a turn.
    context.seats().forEach(seat -> add(target(seat.participant(), seat.isActive())));
  }

  private HandoffTargets(boolean withUser) {
    // The user comes first, so that no agent called "User" takes its tool's name.
    if (withUser) {
      add(new Target(NewMessage.USER, "the person you talk with", true, true));
    }
  }

  private static Target target(Participant participant, boolean active) {
    return new Target(participant.name(), participant.description(), false, active);
  }

  /**
   * The user, or an agent.
   *
   * @param isActive false for an agent that is muted or has left
   */
  record Target(String name, String description, boolean isUser, boolean isActive) {

    private boolean isAgent(String agentName) {
      return !isUser && name.equals(agentName);
    }
  }

  private void add(Target target) {
    String wanted = HandoffTools.nameFor(target.name());
    String name = wanted;
    for (int i = 2; byTool.containsKey(name); i++) {
      String suffix = "_" + i;
      int kept = Math.min(wanted.length(), LONGEST_TOOL_NAME - suffix.length());
      name = wanted.substring(0, kept) + suffix;
    }
    byTool.put(name, target);
  }

  /** Returns the names of all tools. */
  Set<String> toolNames() {
    return Set.copyOf(byTool.keySet());
  }

  /** Returns the tools for this agent: one for each of the others. */
  List<ControlTool> toolsFor(String agentName) {
    return byTool.entrySet().stream()
        .filter(entry -> !entry.getValue().isAgent(agentName) && entry.getValue().isActive())
        .map(entry -> tool(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Returns the receiver of the first of these calls that hands over. */
  Optional<Target> firstOf(List<ToolCall> calls) {
    return calls.stream()
        .map(ToolCall::name)
        .filter(byTool::containsKey)
        .findFirst()
        .map(byTool::get);
  }

  private static ControlTool tool(String name, Target target) {
    String what = target.description().isBlank() ? "" : ": " + target.description().strip();
    return new ControlTool(
        ToolSpecification.builder()
            .name(name)
            .description("Hands the conversation over to " + target.name() + what)
            .build(),
        "Handed over to " + target.name() + ".");
  }
}
