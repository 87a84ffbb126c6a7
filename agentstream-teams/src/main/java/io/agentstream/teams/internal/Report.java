package io.agentstream.teams.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the mistakes of a file, and knows the line of each value. Not thread-safe. */
public final class Report {

  /** More would hide the first, which usually causes the others. */
  private static final int MOST_PROBLEMS = 50;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  /** Says where a value begins; where a key stands before it, the key's line was said first. */
  void place(String path, int line) {
    lines.putIfAbsent(path, line);
  }

  /** Adds a mistake at a path; its line is that of the path, or of the nearest part around it. */
  public void add(String path, String reason) {
    add(new Problem(lineOf(path), path, reason));
  }

  void add(Problem problem) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }

  /** Returns the mistakes, in the order in which they were found. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  int lineOf(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return lines.getOrDefault("", 0);
  }
}
