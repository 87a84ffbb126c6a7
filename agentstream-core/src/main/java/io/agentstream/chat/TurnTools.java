package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.settings.Timeouts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that all tool calls of one turn share.
 *
 * @param preparation knows the tools of the turn
 * @param controlTools the tools that steer the chat, by name
 */
record TurnTools(
    ConversationScope scope,
    Agent agent,
    String messageId,
    Timeouts timeouts,
    TurnPreparation preparation,
    Map<String, ControlTool> controlTools) {

  /** Returns the agent's tool of this name, or null. */
  @Nullable AgentTool tool(String name) {
    return preparation.tools().get(name);
  }

  /** Returns true if a person must approve the call. */
  boolean needsApproval(AgentTool tool, ToolExecutionRequest call) {
    return tool.needsApproval() || agent.tools().needsApproval().test(call);
  }

  /** Returns the fate of a call whose process ended. */
  InterruptedCallPolicy interruptedCall(ToolExecutionRequest call) {
    AgentTool tool = tool(call.name());
    return tool == null || tool.interruptedCalls() == null
        ? agent.tools().interruptedCalls().apply(call)
        : tool.interruptedCalls();
  }
}
