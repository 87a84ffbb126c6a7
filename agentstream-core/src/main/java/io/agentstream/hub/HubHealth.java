package io.agentstream.hub;

import java.util.List;

/**
 * The health of the threads that every conversation of a hub needs, and of its store. A hub with a
 * problem does not recover by itself: restart the process.
 *
 * <p>A store that cannot be reached is not a problem in this sense: conversations pause and
 * continue when it is back, and a restart would only do harm. A store that another server has taken
 * over is one. The threads of HTTP clients for model servers are not observed, because the JDK does
 * not expose them.
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
