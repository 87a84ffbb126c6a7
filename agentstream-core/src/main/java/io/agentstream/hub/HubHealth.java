package io.agentstream.hub;

import java.util.List;

/**
 * Tells whether the threads that every conversation of a hub depends on are alive. A hub with a
 * problem does not recover by itself: end the process and start another.
 *
 * <p>A store that several nodes share and that cannot be reached is no problem in this sense:
 * conversations pause and continue when it is back, and a restart of all nodes would only do harm.
 * The threads of HTTP clients to model servers are not observed, since the JDK does not show them.
 *
 * @param problems one short sentence each, in English, without user data; empty if all is well
 */
public record HubHealth(List<String> problems) {

  public HubHealth {
    problems = List.copyOf(problems);
  }

  /** Returns true if there is no problem. */
  public boolean isHealthy() {
    return problems.isEmpty();
  }
}
