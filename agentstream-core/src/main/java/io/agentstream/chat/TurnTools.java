package io.agentstream.chat;

import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.settings.Timeouts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that all tool calls of one turn share.
 *
 * @param controlTools the tools that steer the chat, by name
 */
record TurnTools(
    ConversationScope scope,
    Agent agent,
    String messageId,
    Timeouts timeouts,
    Map<String, ControlTool> controlTools) {

  /** Returns the agent's tool of this name, or null. */
  @Nullable AgentTool tool(String name) {
    return agent.tools().get(name);
  }
}
