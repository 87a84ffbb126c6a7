package io.agentstream.chat.speaker;

import dev.langchain4j.agent.tool.ToolSpecification;

/**
 * A tool that a selector gives an agent for one turn: calling it ends the turn, and the selector
 * finds the call in {@link SelectionContext#lastStep()}.
 *
 * @param specification what the model is told of it
 * @param result what the call gives back
 */
public record ControlTool(ToolSpecification specification, String result) {}
