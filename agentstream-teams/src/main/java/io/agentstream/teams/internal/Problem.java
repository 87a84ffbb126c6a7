package io.agentstream.teams.internal;

import io.agentstream.internal.PlainText;

/**
 * A mistake in a team file.
 *
 * @param line the line, from 1; 0 if it is unknown
 * @param path the place, for example {@code agents[1].temperature}; empty for the whole file
 * @param reason the mistake and its remedy
 */
public record Problem(int line, String path, String reason) {

  private static final int LONGEST_PATH = 200;

  /** Keeps the text on one line. */
  public Problem {
    path =
        PlainText.oneLine(
            path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path);
    reason = PlainText.oneLine(reason);
  }

  /** Returns the line for people. */
  @Override
  public String toString() {
    return (line == 0 ? "" : "line " + line + ": ") + (path.isEmpty() ? "" : path + ": ") + reason;
  }
}
