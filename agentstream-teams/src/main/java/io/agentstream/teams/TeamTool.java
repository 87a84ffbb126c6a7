package io.agentstream.teams;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;

/**
 * A tool that an extension provides.
 *
 * @param specification its description for the model
 * @param executor its code, which runs on the chat's executor and may block
 */
public record TeamTool(ToolSpecification specification, ToolExecutor executor) {}
