package io.agentstream.teams;

/**
 * Adds selections, conditions and tools that team files can name. A jar declares its extensions
 * under {@code META-INF/services/io.agentstream.teams.TeamExtension}.
 */
public interface TeamExtension {

  /** Adds what this extension provides. */
  void addTo(TeamExtensions.Builder extensions);
}
