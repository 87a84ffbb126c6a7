package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.hub.CatalogueEditor.Definitions;
import io.agentstream.hub.CatalogueEditor.MadeAgent;
import io.agentstream.hub.CatalogueEditor.MadeTeam;
import io.agentstream.hub.CatalogueEditor.Outline;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Agents.Card;
import io.agentstream.wire.Agents.Choice;
import io.agentstream.wire.Agents.Editing;
import io.agentstream.wire.Agents.Team;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the server's agents and teams, and those of one user, to that user. */
final class CatalogueFrame {

  private final Offer offer;
  private final List<Card> agents = new ArrayList<>();
  private final List<Team> teams = new ArrayList<>();

  CatalogueFrame(Offer offer) {
    this.offer = offer;
    CatalogueEditor editor = offer.editor();
    for (Agent agent : offer.agents().values()) {
      agents.add(
          new Card(
              agent.name(),
              agent.description(),
              editor == null ? null : editor.colourOf(agent.name()),
              null,
              null,
              null));
    }
    offer.teams().forEach((name, chat) -> teams.add(team(name, chat, editor)));
  }

  private static Team team(String name, GroupChat chat, @Nullable CatalogueEditor editor) {
    return new Team(
        name,
        Catalogue.names(chat),
        orNull(chat.description()),
        chat.speakerSelection(),
        chat.maxRounds(),
        orNull(chat.sampleTopics()),
        editor == null ? null : editor.endOf(name),
        null,
        null,
        null,
        orNull(people(chat)));
  }

  private static List<String> people(GroupChat chat) {
    return chat.participants().stream().filter(Agent::isPerson).map(Agent::name).toList();
  }

  /** Adds the user's own, with what the user has saved. */
  CatalogueFrame add(Definitions own) {
    for (MadeAgent made : own.agents()) {
      agents.add(
          new Card(
              made.name(),
              made.description(),
              made.colour(),
              true,
              made.definition(),
              made.fault()));
    }
    for (MadeTeam made : own.teams()) {
      Outline outline = made.outline();
      teams.add(
          new Team(
              outline.name(),
              outline.participants(),
              orNull(outline.description()),
              outline.speakerSelection(),
              outline.maxRounds(),
              orNull(outline.sampleTopics()),
              made.endWhen(),
              true,
              made.definition(),
              made.fault(),
              orNull(outline.people())));
    }
    return this;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable List<String> orNull(List<String> texts) {
    return texts.isEmpty() ? null : texts;
  }

  /**
   * Returns the frame.
   *
   * @param editing how the user may make agents and teams; null if the user may make none
   */
  Agents frame(List<String> selections, @Nullable Editing editing) {
    CatalogueEditor editor = editing == null ? null : offer.editor();
    return new Agents(
        List.copyOf(agents),
        selections,
        teams.isEmpty() ? null : List.copyOf(teams),
        editor == null ? null : choices(editor.models()),
        editor == null ? null : choices(editor.tools()),
        editing);
  }

  private static List<Choice> choices(List<CatalogueEditor.Choice> choices) {
    return choices.stream()
        .map(choice -> new Choice(choice.name(), orNull(choice.description())))
        .toList();
  }
}
