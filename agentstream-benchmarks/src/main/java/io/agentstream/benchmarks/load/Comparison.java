package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares servers that do the same job on one machine. They are measured in turn, round after
 * round, so that anything that slows the machine down slows all of them. While one is measured, the
 * others are suspended.
 */
public final class Comparison {

  private static final List<String> FLUSHING = List.of(Servers.OURS, Servers.OURS_FLUSHING);

  private static final List<String> KEPT = List.of(Servers.OURS, Servers.OURS_KEPT);
  private static final List<String> SMALL = List.of(Servers.OURS, Servers.OURS_SMALL);

  /** The last one has no ratio of its own: it shows that the bound loses nothing. */
  private static final List<String> TURNS =
      Stream.concat(Servers.compared().stream(), Stream.of(Servers.OURS_SMALL)).toList();

  private static final Map<String, Experiment> EXPERIMENTS = experiments();

  private Comparison() {}

  /**
   * Compares the servers, prints tables, and writes tables, plots and JSON.
   *
   * @param args the folder of this module, then options
   */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args.length > 0 ? args[0] : "agentstream-benchmarks").toAbsolutePath();
    Options options;
    try {
      options = Options.parse(Arrays.asList(args).subList(Math.min(1, args.length), args.length));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.println(Options.USAGE);
      return;
    }
    Report report = new Report(new Results(), Machine.here(), options);
    List<String> failed = run(home, report);
    System.out.println(report.figures(""));
    if (options.isWhole() && failed.isEmpty()) {
      write(report, home.resolveSibling("docs"));
    }
    if (!failed.isEmpty()) {
      System.err.println("Failed: " + String.join(", ", failed));
      System.exit(1);
    }
  }

  private static void write(Report report, Path folder) throws IOException {
    Path page = folder.resolve("performance.md");
    report.write(page, folder.resolve("performance"));
    System.err.println("Written to " + page);
  }

  /** Returns the names of all loads, in the order of execution. */
  static List<String> loads() {
    return List.copyOf(EXPERIMENTS.keySet());
  }

  /**
   * Runs the loads, writes the results after each one, and continues after a load that fails: a run
   * takes more than an hour.
   *
   * @return the loads that failed
   */
  private static List<String> run(Path home, Report report) throws IOException {
    List<String> failed = new ArrayList<>();
    Options options = report.options();
    try (ServerUnderTest model = Servers.modelServer(home);
        Bench bench = new Bench(new Servers(home, model.port()), options)) {
      for (String name : options.loads()) {
        Experiment experiment = EXPERIMENTS.get(name);
        if (experiment != null) {
          bench.say("== " + name);
          try {
            experiment.run(bench, report.results());
          } catch (IOException | RuntimeException e) {
            bench.say(name + " failed: " + e);
            failed.add(name);
          }
          write(report, home.resolve("target"));
        }
      }
    }
    return failed;
  }

  /**
   * Returns the experiments in the order of execution. Those that start new processes come first,
   * because the servers of the later ones stay in memory.
   */
  private static Map<String, Experiment> experiments() {
    Map<String, Experiment> all = new LinkedHashMap<>();
    all.put("cold", new ColdStart());
    all.put("many", new ManyConversations());
    all.put("idle", new IdleConversations());
    all.put("peers", new Peers());
    all.put("steady", new SideBySide(Scenario.STEADY, Servers.compared(), Goals::ofSteady));
    all.put("flat-out", new SideBySide(Scenario.FLAT_OUT, Servers.compared(), Goals::ofFlatOut));
    all.put("burst", new SideBySide(Scenario.BURST, Servers.compared(), Goals::ofBurst));
    all.put("turns", new SideBySide(Scenario.TURNS, TURNS, Goals::ofTurns));
    all.put("viewers", new FurtherViewers());
    all.put("events", new EventViewers());
    all.put("join", new Joins());
    all.put("resync", new Resyncs());
    all.put("long", new LongMessage());
    all.put(
        "flush", new SideBySide(Scenario.STEADY.named("flush"), FLUSHING, (rounds, results) -> {}));
    all.put("store", new SideBySide(Scenario.STEADY.named("store"), KEPT, Goals::ofStore));
    all.put("small", new SideBySide(Scenario.FLAT_OUT.named("small"), SMALL, Goals::ofSmall));
    all.put("by-conversations", Sweep.ofConversations());
    all.put("by-length", Sweep.ofLengths());
    return all;
  }
}
