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
  private final Map<String, String> shown = new HashMap<>();

  /** Says where a value begins; where a key stands before it, the key's line was said first. */
  void place(String path, int line) {
    lines.putIfAbsent(path, line);
  }

  /** Says where a key stands, and what an error message calls it. */
  void key(String path, String key, String name, int line) {
    String whole = path.isEmpty() ? key : path + "." + key;
    place(whole, line);
    shown.putIfAbsent(whole, path.isEmpty() ? name : shown(path) + "." + name);
  }

  /** Adds a mistake at a path; its line is that of the path, or of the nearest part around it. */
  public void add(String path, String reason) {
    add(lineOf(path), path, reason);
  }

  /** Adds a mistake at a path whose line is known. */
  public void add(int line, String path, String reason) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(line, shown(path), reason));
    }
  }

  /** Returns the mistakes, in the order in which they were found. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  int lineOf(String path) {
    return lines.getOrDefault(nearest(path, lines), 1);
  }

  /** Returns a path with the names under which its keys may be shown. */
  private String shown(String path) {
    String around = nearest(path, shown);
    return shown.getOrDefault(around, "") + path.substring(around.length());
  }

  /** Returns the longest part of a path, from its begin, that a map knows; empty for none. */
  private static String nearest(String path, Map<String, ?> known) {
    String at = path;
    while (!at.isEmpty() && !known.containsKey(at)) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return at;
  }
}
