package io.agentstream.teams;

import io.agentstream.chat.Agent;
import io.agentstream.hub.CatalogueEditor.Offered;
import io.agentstream.hub.InvalidDefinitionException;
import io.agentstream.settings.Limits;
import io.agentstream.teams.internal.Documents;
import io.agentstream.teams.internal.Problem;
import io.agentstream.teams.internal.Report;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads, checks and builds what users make, from the models and tools of the server's file. Nothing
 * of a user's file but agents and teams is used.
 */
record Workshop(TeamFile server, TeamSetup setup, Parts parts) {

  Limits limits() {
    return setup.limits();
  }

  /**
   * Returns a builder for what a user has made.
   *
   * @throws InvalidDefinitionException if it has a mistake
   */
  ChatBuilder builder(TeamFile own, Offered offered) throws InvalidDefinitionException {
    TeamFile whole =
        new TeamFile(null, 1, server.models(), server.tools(), own.agents(), own.teams());
    Map<String, Agent> others = new HashMap<>(offered.agents());
    offered
        .teams()
        .forEach((name, chat) -> others.putIfAbsent(name, chat.asAgent(name, chat.description())));
    Report report = new Report();
    Checks.check(whole, others, report);
    if (!report.problems().isEmpty()) {
      throw mistake(report);
    }
    return new ChatBuilder(whole, setup, parts, others);
  }

  /** Reads JSON as a record. */
  static <T> T read(Class<T> type, String json) throws InvalidDefinitionException {
    Report report = new Report();
    T read = Documents.read(type, json, report);
    if (read == null || !report.problems().isEmpty()) {
      throw mistake(report);
    }
    return read;
  }

  /** Returns the first mistake, without a line: the user has seen no text. */
  private static InvalidDefinitionException mistake(Report report) {
    Problem first = report.problems().get(0);
    return InvalidDefinitionException.wrong(
        (first.path().isEmpty() ? "" : first.path() + ": ") + first.reason() + ".");
  }
}
