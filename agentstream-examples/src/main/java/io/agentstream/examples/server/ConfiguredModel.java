package io.agentstream.examples.server;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import java.util.List;

/**
 * A model that the configuration names, under whatever settings.
 *
 * @param label its name and its server's host, for people
 * @param agents who talk through it; empty for one that only picks speakers
 */
public record ConfiguredModel(String label, StreamingChatModel model, List<Agent> agents) {}
