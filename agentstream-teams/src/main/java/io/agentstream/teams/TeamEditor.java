package io.agentstream.teams;

import io.agentstream.hub.CatalogueEditor;
import io.agentstream.hub.InvalidDefinitionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what users make as the records of a team file. Immutable. */
final class TeamEditor implements CatalogueEditor {

  private static final TeamFile NOTHING =
      new TeamFile(null, 1, Map.of(), Map.of(), List.of(), List.of());

  private final List<Choice> models;
  private final List<Choice> tools;
  private final Map<String, String> ends = new HashMap<>();
  private final Map<String, Integer> colours = new HashMap<>();
  private final Workshop workshop;

  /**
   * Takes the parts of a file.
   *
   * @param parts has every model and tool of the file already, and is only read from now on
   */
  TeamEditor(TeamFile file, TeamSetup setup, RealParts parts) {
    this.models =
        file.models().entrySet().stream()
            .map(model -> choice(model.getKey(), model.getValue().description()))
            .toList();
    this.tools =
        file.tools().entrySet().stream()
            .map(tool -> choice(tool.getKey(), tool.getValue().description()))
            .toList();
    this.workshop = new Workshop(file, setup, parts);
    for (TeamSpec team : file.teams()) {
      if (team.endWhen() != null) {
        ends.put(team.name(), EndOutline.of(team.endWhen()));
      }
    }
    for (AgentSpec agent : file.agents()) {
      if (agent.colour() != null) {
        colours.put(agent.name(), agent.colour());
      }
    }
  }

  private static Choice choice(String name, @Nullable String description) {
    return new Choice(name, description == null ? "" : description);
  }

  @Override
  public List<Choice> models() {
    return models;
  }

  @Override
  public List<Choice> tools() {
    return tools;
  }

  @Override
  public @Nullable String endOf(String team) {
    return ends.get(team);
  }

  @Override
  public @Nullable Integer colourOf(String agent) {
    return colours.get(agent);
  }

  @Override
  public Definitions read(@Nullable String document, Offered offered)
      throws InvalidDefinitionException {
    if (document != null) {
      OwnRules.checkLength(document);
    }
    TeamFile file = document == null ? NOTHING : Workshop.read(TeamFile.class, document);
    OwnRules.check(file, workshop.limits());
    return new OwnDefinitions(file, workshop, offered);
  }
}
