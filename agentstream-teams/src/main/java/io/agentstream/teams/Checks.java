package io.agentstream.teams;

import io.agentstream.chat.Agent;
import io.agentstream.internal.NameKey;
import io.agentstream.teams.internal.Report;
import io.agentstream.teams.internal.Unknown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what the parts of a file say about each other. */
final class Checks {

  private final TeamFile file;
  private final Map<String, Agent> others;
  private final Report report;
  private final Map<String, TeamSpec> teams = new HashMap<>();
  private final List<String> agentNames = new ArrayList<>();

  private Checks(TeamFile file, Map<String, Agent> others, Report report) {
    this.file = file;
    this.others = others;
    this.report = report;
    file.agents().forEach(agent -> agentNames.add(agent.name()));
    file.people().forEach(person -> agentNames.add(person.name()));
    file.teams().forEach(team -> teams.putIfAbsent(team.name(), team));
  }

  static void check(TeamFile file, Report report) {
    if (file.agents().isEmpty()) {
      report.add("agents", "the file names no agent; a team needs at least one");
    }
    PartChecks.check(file.models(), file.tools(), report);
    check(file, Map.of(), report);
  }

  /**
   * Checks agents and teams whose models and tools are known to be right.
   *
   * @param others participants that the file does not hold, by name
   */
  static void check(TeamFile file, Map<String, Agent> others, Report report) {
    Checks checks = new Checks(file, others, report);
    checks.names();
    for (int i = 0; i < file.agents().size(); i++) {
      checks.agent(file.agents().get(i), "agents[" + i + "]");
    }
    for (int i = 0; i < file.teams().size(); i++) {
      checks.team(file.teams().get(i), "teams[" + i + "]");
    }
    if (report.problems().isEmpty()) {
      TrialParts.build(file, others, report);
    }
  }

  private void names() {
    Map<String, String> taken = new HashMap<>();
    others.keySet().forEach(name -> taken.put(NameKey.of(name), "the server"));
    for (int i = 0; i < file.agents().size(); i++) {
      name(file.agents().get(i).name(), "agents[" + i + "].name", taken);
    }
    for (int i = 0; i < file.people().size(); i++) {
      name(file.people().get(i).name(), "people[" + i + "].name", taken);
    }
    for (int i = 0; i < file.teams().size(); i++) {
      TeamSpec team = file.teams().get(i);
      name(team.name(), "teams[" + i + "].name", taken);
      for (int j = 0; j < team.people().size(); j++) {
        name(team.people().get(j).name(), "teams[" + i + "].people[" + j + "].name", taken);
      }
    }
  }

  private void name(String name, String path, Map<String, String> taken) {
    String other = taken.put(NameKey.of(name), path);
    if (other != null) {
      report.add(path, "is taken by " + other + "; agents, people and teams need different names");
    }
  }

  private void agent(AgentSpec agent, String path) {
    model(agent.model(), path + ".model");
    model(agent.fallback(), path + ".fallback");
    for (int i = 0; i < agent.tools().size(); i++) {
      known(agent.tools().get(i), file.tools().keySet(), "tool", path + ".tools[" + i + "]");
    }
    if (new HashSet<>(agent.tools()).size() < agent.tools().size()) {
      report.add(path + ".tools", "names the same tools twice; keep one");
    }
    if (agent.context() instanceof ContextSpec.Summary summary) {
      model(summary.summary().model(), path + ".context.summary.model");
    }
    if (agent.timeouts() != null && agent.timeouts().conversationSeconds() != null) {
      report.add(
          path + ".timeouts.conversation_seconds", "is a team's setting; move it to the team");
    }
    AgentSpec.Retries retries = agent.retries();
    if (retries != null
        && retries.firstSeconds() != null
        && retries.longestSeconds() != null
        && retries.firstSeconds() > retries.longestSeconds()) {
      report.add(path + ".retries.longest_seconds", "must not be less than first_seconds");
    }
  }

  private void model(@Nullable String name, String path) {
    if (name != null) {
      known(name, file.models().keySet(), "model", path);
    }
  }

  private void known(String name, Collection<String> known, String what, String path) {
    if (!known.contains(name)) {
      report.add(path, Unknown.of(what, name, known));
    }
  }

  private void team(TeamSpec team, String path) {
    List<String> all = new ArrayList<>(agentNames);
    all.addAll(teams.keySet());
    all.addAll(others.keySet());
    team.people().forEach(person -> all.add(person.name()));
    people(team, path + ".people");
    for (int i = 0; i < team.participants().size(); i++) {
      known(team.participants().get(i), all, "agent or team", path + ".participants[" + i + "]");
    }
    if (new HashSet<>(team.participants()).size() < team.participants().size()) {
      report.add(path + ".participants", "names the same participant twice; keep one");
    }
    if (inside(team, new LinkedHashSet<>()).contains(team.name())) {
      report.add(
          path + ".participants", "the team contains itself; take one of its nested teams out");
    }
    selection(team.speakerSelection(), team, path + ".speaker_selection");
    end(team.endWhen(), team, path + ".end_when");
  }

  private void people(TeamSpec team, String path) {
    for (int i = 0; i < team.people().size(); i++) {
      if (!team.participants().contains(team.people().get(i).name())) {
        report.add(path + "[" + i + "]", "has no place in participants; name the person there");
      }
    }
  }

  /** Returns the names of everybody in a team, without a team that is not reached from it. */
  private Set<String> inside(TeamSpec team, Set<String> names) {
    for (String participant : team.participants()) {
      if (names.add(participant) && teams.containsKey(participant)) {
        inside(teams.get(participant), names);
      }
    }
    return names;
  }

  private void selection(@Nullable SelectionSpec spec, TeamSpec team, String path) {
    if (spec instanceof SelectionSpec.Parallel parallel) {
      if (parallel.summariser() != null) {
        known(parallel.summariser(), team.participants(), "participant", path + ".summariser");
      } else if (parallel.instruction() != null) {
        report.add(path + ".instruction", "needs a summariser; name the participant that sums up");
      }
    } else if (spec instanceof SelectionSpec.Model model) {
      model(model.model(), path + ".model");
      if (model.prompt() != null && !model.prompt().contains("{participants}")) {
        report.add(path + ".prompt", "must contain {participants}, for the names to pick from");
      }
    } else if (spec instanceof SelectionSpec.Planner planner) {
      model(planner.model(), path + ".model");
      if (planner.finalAnswerBy() != null) {
        known(
            planner.finalAnswerBy(), team.participants(), "participant", path + ".final_answer_by");
      }
    } else if (spec instanceof SelectionSpec.Custom custom) {
      selection(custom.orElse(), team, path + ".or_else");
    }
  }

  private void end(@Nullable EndSpec spec, TeamSpec team, String path) {
    if (spec instanceof EndSpec.Any any) {
      ends(any.any(), team, path + ".any");
    } else if (spec instanceof EndSpec.All all) {
      ends(all.all(), team, path + ".all");
    } else if (spec instanceof EndSpec.Text text) {
      speakers(text.from(), team, path + ".from");
    } else if (spec instanceof EndSpec.SaidBy said) {
      speakers(said.saidBy(), team, path + ".said_by");
    } else if (spec instanceof EndSpec.Handoff handoff) {
      known(handoff.handoffTo(), andUser(team.participants()), "target", path + ".handoff_to");
    }
  }

  private void ends(List<EndSpec> specs, TeamSpec team, String path) {
    for (int i = 0; i < specs.size(); i++) {
      end(specs.get(i), team, path + "[" + i + "]");
    }
  }

  private void speakers(List<String> names, TeamSpec team, String path) {
    Set<String> known = andUser(inside(team, new LinkedHashSet<>()));
    for (int i = 0; i < names.size(); i++) {
      known(names.get(i), known, "speaker", path + "[" + i + "]");
    }
  }

  private static Set<String> andUser(Collection<String> names) {
    Set<String> known = new LinkedHashSet<>(names);
    known.add("user");
    return known;
  }
}
