package io.agentstream.chat.speaker;

import dev.langchain4j.agent.tool.ToolSpecification;

/**
 * A tool that a selector gives an agent for one turn. A call of it ends the turn, and the selector
 * finds the call in {@link SelectionContext#lastStep()}.
 *
 * @param specification the tool's description for the model
 * @param result the result of the call
 */
public record ControlTool(ToolSpecification specification, String result) {}
