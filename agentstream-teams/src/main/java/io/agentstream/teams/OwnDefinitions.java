package io.agentstream.teams;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.hub.CatalogueEditor.Definitions;
import io.agentstream.hub.CatalogueEditor.MadeAgent;
import io.agentstream.hub.CatalogueEditor.MadeTeam;
import io.agentstream.hub.CatalogueEditor.Offered;
import io.agentstream.hub.CatalogueEditor.Outline;
import io.agentstream.hub.InvalidDefinitionException;
import io.agentstream.internal.NameKey;
import io.agentstream.teams.internal.Documents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The agents and teams of one user. Immutable. */
final class OwnDefinitions implements Definitions {

  private final TeamFile file;
  private final Workshop workshop;
  private final Offered offered;

  /**
   * Takes what a user has made.
   *
   * @throws InvalidDefinitionException if two have the same name; people of different teams may
   */
  OwnDefinitions(TeamFile file, Workshop workshop, Offered offered)
      throws InvalidDefinitionException {
    this.file = file;
    this.workshop = workshop;
    this.offered = offered;
    List<String> names = new ArrayList<>();
    file.agents().forEach(agent -> names.add(agent.name()));
    file.teams().forEach(team -> names.add(team.name()));
    Set<String> taken = new HashSet<>();
    take(names, taken);
    for (TeamSpec team : file.teams()) {
      take(people(team), new HashSet<>(taken));
    }
  }

  private static void take(List<String> names, Set<String> taken)
      throws InvalidDefinitionException {
    for (String name : names) {
      if (!taken.add(NameKey.of(name))) {
        throw InvalidDefinitionException.wrong(
            "name: '" + name + "' is taken; agents, people and teams need different names.");
      }
    }
  }

  private static List<String> people(TeamSpec team) {
    return team.people().stream().map(PersonSpec::name).toList();
  }

  @Override
  public String document() {
    return Documents.line(TeamFile.class, file);
  }

  @Override
  public List<MadeAgent> agents() {
    return file.agents().stream()
        .map(
            agent ->
                new MadeAgent(
                    agent.name(),
                    orEmpty(agent.description()),
                    agent.colour(),
                    Documents.line(AgentSpec.class, agent),
                    fault(agent.name())))
        .toList();
  }

  @Override
  public List<MadeTeam> teams() {
    return file.teams().stream().map(this::made).toList();
  }

  private MadeTeam made(TeamSpec team) {
    return new MadeTeam(
        new Outline(
            team.name(),
            team.participants(),
            orEmpty(team.description()),
            TrialParts.selectionName(team.speakerSelection()),
            team.maxRounds() == null ? GroupChat.DEFAULT_MAX_ROUNDS : team.maxRounds(),
            team.samples(),
            people(team)),
        Documents.line(TeamSpec.class, team),
        team.endWhen() == null ? null : EndOutline.of(team.endWhen()),
        fault(team.name()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private @Nullable String fault(String name) {
    try {
      var unused = builder(name);
      return null;
    } catch (InvalidDefinitionException e) {
      return e.reason();
    }
  }

  private ChatBuilder builder(String name) throws InvalidDefinitionException {
    return workshop.builder(only(List.of(name)), offered);
  }

  @Override
  public Optional<Agent> agent(String name) throws InvalidDefinitionException {
    Optional<AgentSpec> spec = named(file.agents(), AgentSpec::name, name);
    return spec.isEmpty() ? Optional.empty() : Optional.of(builder(name).agent(spec.get()));
  }

  @Override
  public Optional<GroupChat> team(String name) throws InvalidDefinitionException {
    Optional<TeamSpec> spec = named(file.teams(), TeamSpec::name, name);
    return spec.isEmpty() ? Optional.empty() : Optional.of(builder(name).chat(spec.get()));
  }

  private static <T> Optional<T> named(List<T> all, Function<T, String> nameOf, String name) {
    return all.stream().filter(each -> nameOf.apply(each).equals(name)).findFirst();
  }

  @Override
  public Definitions withAgent(String agent) throws InvalidDefinitionException {
    AgentSpec spec = Workshop.read(AgentSpec.class, agent);
    OwnRules.check(spec);
    return checked(with(replaced(file.agents(), AgentSpec::name, spec), file.teams()), spec.name());
  }

  @Override
  public Definitions withTeam(String team) throws InvalidDefinitionException {
    TeamSpec spec = Workshop.read(TeamSpec.class, team);
    OwnRules.check(spec, workshop.limits());
    return checked(with(file.agents(), replaced(file.teams(), TeamSpec::name, spec)), spec.name());
  }

  private static <T> List<T> replaced(List<T> all, Function<T, String> nameOf, T one) {
    List<T> changed = new ArrayList<>(all);
    changed.replaceAll(each -> nameOf.apply(each).equals(nameOf.apply(one)) ? one : each);
    if (!changed.contains(one)) {
      changed.add(one);
    }
    return changed;
  }

  private static OwnDefinitions checked(OwnDefinitions changed, String name)
      throws InvalidDefinitionException {
    OwnRules.checkNumbers(changed.file);
    OwnRules.checkLength(changed.document());
    var unused = changed.builder(name);
    return changed;
  }

  private OwnDefinitions with(List<AgentSpec> agents, List<TeamSpec> teams)
      throws InvalidDefinitionException {
    return new OwnDefinitions(file(agents, teams), workshop, offered);
  }

  private static TeamFile file(List<AgentSpec> agents, List<TeamSpec> teams) {
    return new TeamFile(null, 1, Map.of(), Map.of(), agents, teams);
  }

  @Override
  public Definitions without(String name) throws InvalidDefinitionException {
    for (TeamSpec team : file.teams()) {
      if (team.participants().contains(name)) {
        throw InvalidDefinitionException.wrong(
            "'" + name + "' takes part in '" + team.name() + "': change or delete that first.");
      }
    }
    return with(
        file.agents().stream().filter(agent -> !agent.name().equals(name)).toList(),
        file.teams().stream().filter(team -> !team.name().equals(name)).toList());
  }

  @Override
  public String part(List<String> names) {
    return Documents.line(TeamFile.class, only(names));
  }

  private TeamFile only(List<String> names) {
    Set<String> needed = new LinkedHashSet<>();
    names.forEach(name -> collect(name, needed));
    return file(
        file.agents().stream().filter(agent -> needed.contains(agent.name())).toList(),
        file.teams().stream().filter(team -> needed.contains(team.name())).toList());
  }

  private void collect(String name, Set<String> needed) {
    if (needed.add(name)) {
      named(file.teams(), TeamSpec::name, name)
          .ifPresent(team -> team.participants().forEach(each -> collect(each, needed)));
    }
  }
}
