package io.agentstream.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a comparison so far. */
final class Results {

  private final List<Goal> goals = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();
  private final Map<String, Map<String, List<Measurement>>> rounds = new LinkedHashMap<>();

  void add(Goal goal) {
    goals.add(goal);
  }

  void add(Table table) {
    tables.add(table);
  }

  void add(Plot plot) {
    plots.add(plot);
  }

  /** Returns every round of every server under this load. */
  void add(String load, Map<String, List<Measurement>> measured) {
    rounds.put(load, measured);
  }

  List<Goal> goals() {
    return goals;
  }

  List<Table> tables() {
    return tables;
  }

  List<Plot> plots() {
    return plots;
  }

  Map<String, Map<String, List<Measurement>>> rounds() {
    return rounds;
  }
}
