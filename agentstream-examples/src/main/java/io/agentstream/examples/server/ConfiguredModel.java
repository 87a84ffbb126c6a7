package io.agentstream.examples.server;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import java.util.List;

/**
 * A model of the configuration.
 *
 * @param label its name and its server's host, for people
 * @param agents the agents that use it; empty for a model that only picks speakers
 */
public record ConfiguredModel(String label, StreamingChatModel model, List<Agent> agents) {}
