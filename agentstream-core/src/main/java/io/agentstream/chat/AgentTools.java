package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The tools of an agent, and the rules for their calls.
 *
 * @param fixed the tools that the agent always has, by name
 * @param sources are asked for further tools before each turn
 * @param needsApproval decides whether a person must approve a call
 * @param interruptedCalls decides the fate of a call whose process ended
 * @param maxRounds how many times in one turn the model may request tools
 */
record AgentTools(
    Map<String, AgentTool> fixed,
    List<ToolSource> sources,
    Predicate<ToolExecutionRequest> needsApproval,
    Function<ToolExecutionRequest, InterruptedCallPolicy> interruptedCalls,
    int maxRounds) {

  AgentTools {
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    sources = List.copyOf(sources);
  }

  /** The settings for an agent's tools, with their defaults. */
  static final class Settings {
    final List<ToolSource> sources = new ArrayList<>();
    Predicate<ToolExecutionRequest> needsApproval = call -> false;
    Function<ToolExecutionRequest, InterruptedCallPolicy> interruptedCalls =
        call -> InterruptedCallPolicy.ASK;
    int maxRounds = Agent.DEFAULT_MAX_TOOL_ROUNDS;

    private final String agentName;
    private final Map<String, AgentTool> fixed = new LinkedHashMap<>();

    Settings(String agentName) {
      this.agentName = agentName;
    }

    /**
     * Adds a tool.
     *
     * @throws IllegalArgumentException if the agent already has a tool of that name
     */
    void add(AgentTool tool) {
      if (fixed.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException(
            "Agent '" + agentName + "' has two tools called '" + tool.name() + "'");
      }
    }

    AgentTools build() {
      return new AgentTools(fixed, sources, needsApproval, interruptedCalls, maxRounds);
    }
  }
}
