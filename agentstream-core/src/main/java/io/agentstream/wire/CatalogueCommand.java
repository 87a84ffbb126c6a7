package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;

/** A change of the agents and teams that a user has made. The reply is the changed catalogue. */
public sealed interface CatalogueCommand extends ClientCommand {

  @Override
  default void deliverTo(Handler handler) {
    handler.onCatalogueCommand(this);
  }

  /**
   * Adds an agent to the user's own, or replaces the one of the same name.
   *
   * @param agent its definition, a JSON object with the keys of an agent in a team file
   */
  record SaveAgent(@JsonRawValue String agent) implements CatalogueCommand {
    /** Returns a text without the definition, which holds a prompt. */
    @Override
    public String toString() {
      return "SaveAgent[]";
    }
  }

  /**
   * Removes one of the user's own agents.
   *
   * @param name its name
   */
  record DeleteAgent(String name) implements CatalogueCommand {}

  /**
   * Adds a team to the user's own, or replaces the one of the same name.
   *
   * @param team its definition, a JSON object with the keys of a team in a team file
   */
  record SaveTeam(@JsonRawValue String team) implements CatalogueCommand {
    /** Returns a text without the definition, which may hold prompts. */
    @Override
    public String toString() {
      return "SaveTeam[]";
    }
  }

  /**
   * Removes one of the user's own teams.
   *
   * @param name its name
   */
  record DeleteTeam(String name) implements CatalogueCommand {}
}
