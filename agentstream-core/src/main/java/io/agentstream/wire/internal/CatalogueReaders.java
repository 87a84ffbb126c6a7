package io.agentstream.wire.internal;

import static io.agentstream.wire.internal.CommandReader.MAX_ID_CHARS;

import io.agentstream.wire.CatalogueCommand.DeleteAgent;
import io.agentstream.wire.CatalogueCommand.DeleteTeam;
import io.agentstream.wire.CatalogueCommand.SaveAgent;
import io.agentstream.wire.CatalogueCommand.SaveTeam;
import java.util.Map;

/** Reads changes of the agents and teams that a user has made. */
final class CatalogueReaders {

  /** A start that is read from a store holds all definitions that its user's team needs. */
  static final int MAX_DEFINITIONS_CHARS = 262_144;

  private CatalogueReaders() {}

  static Map<String, CommandReader> all() {
    return Map.of(
        "save_agent", data -> new SaveAgent(data.object("agent", MAX_DEFINITIONS_CHARS)),
        "delete_agent", data -> new DeleteAgent(data.text("name", MAX_ID_CHARS)),
        "save_team", data -> new SaveTeam(data.object("team", MAX_DEFINITIONS_CHARS)),
        "delete_team", data -> new DeleteTeam(data.text("name", MAX_ID_CHARS)));
  }
}
