package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same job done by several servers, side by side on one machine. All of them run throughout and
 * are measured in turn, round after round, so that what slows the machine down slows all of them.
 */
public final class Comparison {

  private static final int ROUNDS = 5;

  private final Servers servers;
  private final Load load = new Load(System.err::println);
  private final int rounds;

  private Comparison(Servers servers, int rounds) {
    this.servers = servers;
    this.rounds = rounds;
  }

  /**
   * Compares, and prints a table for each load.
   *
   * @param args the folder of this module, then the number of rounds, then the servers to compare;
   *     all servers and {@value #ROUNDS} rounds by default
   */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args.length > 0 ? args[0] : "agentstream-benchmarks").toAbsolutePath();
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    List<String> names =
        args.length > 2 ? Arrays.asList(args).subList(2, args.length) : Servers.all();
    try (ServerUnderTest model = Servers.modelServer(home)) {
      new Comparison(new Servers(home, model.port()), rounds).run(names);
    }
  }

  private void run(List<String> names) throws IOException {
    Map<String, ServerUnderTest> running = new LinkedHashMap<>();
    try {
      for (String name : names) {
        ServerUnderTest server = servers.start(name);
        running.put(name, server);
        load.warmUp(server);
      }
      for (Scenario scenario : List.of(Scenario.STEADY, Scenario.FLAT_OUT, Scenario.BURST)) {
        new Report(scenario, measure(scenario, running)).print(System.out);
      }
    } finally {
      running.values().forEach(ServerUnderTest::close);
    }
  }

  private Map<String, List<Measurement>> measure(
      Scenario scenario, Map<String, ServerUnderTest> running) throws IOException {
    Map<String, List<Measurement>> results = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (ServerUnderTest server : running.values()) {
        Measurement result = load.measure(server, scenario);
        System.err.printf(
            "%s, round %d, %s: %.1f µs a token%n",
            scenario.name(), round, server.name(), result.cpuMicrosPerToken());
        results.computeIfAbsent(server.name(), name -> new ArrayList<>()).add(result);
      }
    }
    return results;
  }
}
