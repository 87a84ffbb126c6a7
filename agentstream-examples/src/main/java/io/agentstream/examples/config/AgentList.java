package io.agentstream.examples.config;

import io.agentstream.chat.Agent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code agents}. */
final class AgentList {

  private static final Set<String> KEYS = keys();

  private AgentList() {}

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(ModelSection.KEYS);
    keys.addAll(Set.of("name", "description", "system_prompt", "temperature", "max_tokens"));
    return Set.copyOf(keys);
  }

  static List<AgentSpec> read(Section root) throws ConfigException {
    List<Section> sections = root.sections("agents", KEYS);
    if (sections == null) {
      return List.of();
    }
    if (sections.isEmpty()) {
      throw root.wrong(
          "agents", "must name at least one agent; leave it out for the built-in ones");
    }
    List<AgentSpec> agents = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : sections) {
      AgentSpec agent = agent(section);
      if (!names.add(agent.name())) {
        throw section.wrong("name", "is in the list twice");
      }
      agents.add(agent);
    }
    return agents;
  }

  private static AgentSpec agent(Section section) throws ConfigException {
    return new AgentSpec(
        name(section),
        section.requiredText("description"),
        section.requiredText("system_prompt"),
        ModelSection.read(section),
        section.number("temperature", 0, 2),
        section.wholeNumber("max_tokens", 1, Integer.MAX_VALUE));
  }

  private static String name(Section section) throws ConfigException {
    String name = section.requiredText("name");
    try {
      Agent.builder(name);
    } catch (IllegalArgumentException e) {
      throw section.wrong(
          "name",
          "must have 1 to "
              + Agent.MAX_NAME_LENGTH
              + " characters, no control characters and no space at either end");
    }
    return name;
  }
}
