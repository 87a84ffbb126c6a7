package io.agentstream.spring;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import java.util.List;
import java.util.Map;

/**
 * The agents and teams of a team file. It is separate from {@code Teams} because the module with
 * that class is optional.
 */
record OfferedChats(List<Agent> agents, Map<String, GroupChat> teams) {}
