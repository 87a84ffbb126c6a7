package io.agentstream.teams;

import io.agentstream.hub.CatalogueEditor;
import io.agentstream.hub.InvalidDefinitionException;
import io.agentstream.settings.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a user's agents and teams may not have: what reaches beyond the models and tools that
 * the server offers, or raises its limits.
 */
final class OwnRules {

  private static final int MAX_PROMPT_CHARS = 20_000;
  private static final int MAX_TEAM_DEPTH = 8;
  private static final int MAX_SAMPLES = 10;
  private static final int MAX_SAMPLE_CHARS = 2_000;

  /** A start with the definition in it must still be readable, at 16 levels of JSON. */
  private static final int MAX_END_DEPTH = 4;

  private OwnRules() {}

  static void checkLength(String document) throws InvalidDefinitionException {
    tooMuchIf(
        document.length() > CatalogueEditor.MAX_CHARS,
        "All that you have made may have " + CatalogueEditor.MAX_CHARS + " characters together.");
  }

  /** Checks how many there are, and how deep teams contain each other. */
  static void checkNumbers(TeamFile file) throws InvalidDefinitionException {
    tooMuchIf(
        file.agents().size() > CatalogueEditor.MAX_AGENTS
            || file.teams().size() > CatalogueEditor.MAX_TEAMS,
        "You may make "
            + CatalogueEditor.MAX_AGENTS
            + " agents and "
            + CatalogueEditor.MAX_TEAMS
            + " teams: delete one first.");
    Map<String, TeamSpec> teams = new HashMap<>();
    file.teams().forEach(team -> teams.put(team.name(), team));
    Map<String, Integer> depths = new HashMap<>();
    for (TeamSpec team : file.teams()) {
      tooMuchIf(
          depth(team, teams, depths) > MAX_TEAM_DEPTH,
          "participants: teams may contain each other " + MAX_TEAM_DEPTH + " levels deep.");
    }
  }

  /** Visits each team once; a team that contains itself is found by other checks. */
  private static int depth(
      TeamSpec team, Map<String, TeamSpec> teams, Map<String, Integer> depths) {
    Integer known = depths.putIfAbsent(team.name(), 1);
    if (known != null) {
      return known;
    }
    int deepest = 0;
    for (String name : team.participants()) {
      TeamSpec inner = teams.get(name);
      deepest = Math.max(deepest, inner == null ? 0 : depth(inner, teams, depths));
    }
    depths.put(team.name(), deepest + 1);
    return deepest + 1;
  }

  static void check(TeamFile file, Limits limits) throws InvalidDefinitionException {
    checkNumbers(file);
    refuseIf(!file.models().isEmpty(), "models", "belongs to the server; leave it out");
    refuseIf(!file.tools().isEmpty(), "tools", "belongs to the server; leave it out");
    refuseIf(!file.people().isEmpty(), "people", "belongs to the server; leave it out");
    for (AgentSpec agent : file.agents()) {
      check(agent);
    }
    for (TeamSpec team : file.teams()) {
      check(team, limits);
    }
  }

  static void check(AgentSpec agent) throws InvalidDefinitionException {
    String server = "is the server's to set; leave it out";
    refuseIf(agent.retries() != null, "retries", server);
    refuseIf(agent.timeouts() != null, "timeouts", server);
    refuseIf(agent.maxToolRounds() != null, "max_tool_rounds", server);
    if (agent.systemPrompt() != null && agent.systemPrompt().length() > MAX_PROMPT_CHARS) {
      throw InvalidDefinitionException.tooMuch(
          "system_prompt: may have " + MAX_PROMPT_CHARS + " characters.");
    }
  }

  static void check(TeamSpec team, Limits limits) throws InvalidDefinitionException {
    String server = "is the server's to set; leave it out";
    refuseIf(team.timeouts() != null, "timeouts", server);
    refuseIf(team.limits() != null, "limits", server);
    refuseIf(team.input() != null, "input", server);
    for (PersonSpec person : team.people()) {
      refuseIf(person.timeoutSeconds() != null, "people: timeout_seconds", server);
    }
    refuseIf(team.speakerSelection() instanceof SelectionSpec.Custom, "speaker_selection", server);
    tooMuchIf(
        team.participants().size() > limits.maxAgents(),
        "participants: may be " + limits.maxAgents() + " at the most.");
    tooMuchIf(
        team.maxRounds() != null && team.maxRounds() > limits.maxRounds(),
        "max_rounds: may be " + limits.maxRounds() + " at the most.");
    tooMuchIf(
        team.samples().size() > MAX_SAMPLES
            || team.samples().stream().anyMatch(sample -> sample.length() > MAX_SAMPLE_CHARS),
        "samples: may be " + MAX_SAMPLES + " of " + MAX_SAMPLE_CHARS + " characters.");
    end(team.endWhen(), 0);
  }

  private static void end(@Nullable EndSpec end, int depth) throws InvalidDefinitionException {
    refuseIf(
        end instanceof EndSpec.Custom || end instanceof EndSpec.External,
        "end_when",
        "names code of the server; choose another end");
    tooMuchIf(depth > MAX_END_DEPTH, "end_when: may have " + MAX_END_DEPTH + " levels.");
    List<EndSpec> parts =
        end instanceof EndSpec.Any any
            ? any.any()
            : end instanceof EndSpec.All all ? all.all() : List.of();
    for (EndSpec part : parts) {
      end(part, depth + 1);
    }
  }

  private static void refuseIf(boolean wrong, String path, String reason)
      throws InvalidDefinitionException {
    if (wrong) {
      throw InvalidDefinitionException.wrong(path + ": " + reason + ".");
    }
  }

  private static void tooMuchIf(boolean tooMuch, String reason) throws InvalidDefinitionException {
    if (tooMuch) {
      throw InvalidDefinitionException.tooMuch(reason);
    }
  }
}
