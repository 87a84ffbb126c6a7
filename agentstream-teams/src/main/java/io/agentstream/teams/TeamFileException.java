package io.agentstream.teams;

import io.agentstream.teams.internal.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says why a team file cannot be used. Its message names the file, the line, the path and the
 * remedy of the first mistake; no message holds a key, a header or an environment value.
 */
public final class TeamFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  TeamFileException(String file, List<Problem> problems) {
    super(message(file, problems));
    this.problems = problems.stream().map(Problem::toString).toList();
  }

  private static String message(String file, List<Problem> problems) {
    String more =
        problems.size() > 1
            ? problems.stream()
                .skip(1)
                .limit(2)
                .map(Problem::path)
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(", ", " (also wrong: ", ")"))
            : "";
    return file + ": " + problems.get(0) + (more.endsWith(": )") ? "" : more);
  }

  /** Returns all mistakes that were found, each with its line, path and remedy. */
  public List<String> problems() {
    return problems == null ? List.of(String.valueOf(getMessage())) : problems;
  }
}
