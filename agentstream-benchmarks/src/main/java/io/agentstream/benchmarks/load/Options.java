package io.agentstream.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command line's options.
 *
 * @param rounds how often each server is measured under each load
 * @param quick shorter loads with little warm-up, to check that everything works, not for figures
 * @param help true to print only the usage
 */
record Options(int rounds, boolean quick, List<String> servers, List<String> loads, boolean help) {

  static final String USAGE =
      """
      Compares servers that stream tokens, side by side on this machine.

      Usage: agentstream-benchmarks/compare [--quick] [--rounds N] [--servers A,B] [--loads A,B]

        --quick       one round of short loads with little warm-up, in a few minutes: to see that all
                      works; its figures say little
        --rounds N    how often each server is measured under each load (default 5)
        --servers A,B %s
        --loads A,B   %s
        --help        this

      A run of all loads on all servers writes its figures into docs/performance.md, docs/performance/*.svg
      and docs/performance/results.json; any other run writes into agentstream-benchmarks/target.
      """
          .formatted(String.join(", ", Servers.all()), String.join(", ", Comparison.loads()));

  Options {
    servers = List.copyOf(servers);
    loads = List.copyOf(loads);
  }

  /**
   * @throws IllegalArgumentException with a message for people
   */
  static Options parse(List<String> args) {
    int rounds = 0;
    boolean quick = false;
    boolean help = false;
    List<String> servers = Servers.all();
    List<String> loads = Comparison.loads();
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--quick" -> quick = true;
        case "--help", "-h" -> help = true;
        case "--rounds" -> rounds = Integer.parseInt(value(args, ++i));
        case "--servers" -> servers = chosen(value(args, ++i), servers);
        case "--loads" -> loads = chosen(value(args, ++i), loads);
        default -> throw new IllegalArgumentException("What is " + args.get(i) + "? See --help");
      }
    }
    return new Options(rounds > 0 ? rounds : quick ? 1 : 5, quick, servers, loads, help);
  }

  /** Returns true if the figures are complete enough to publish. */
  boolean isWhole() {
    return !quick && servers.equals(Servers.all()) && loads.equals(Comparison.loads());
  }

  /** Returns those of the given servers that take part. */
  List<String> among(List<String> wanted) {
    return wanted.stream().filter(servers::contains).toList();
  }

  private static String value(List<String> args, int at) {
    if (at >= args.size()) {
      throw new IllegalArgumentException(args.get(at - 1) + " needs a value; see --help");
    }
    return args.get(at);
  }

  private static List<String> chosen(String names, List<String> all) {
    List<String> wanted = Arrays.asList(names.split(",", -1));
    List<String> unknown = new ArrayList<>(wanted);
    unknown.removeAll(all);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("There is no " + unknown + "; there are " + all);
    }
    return all.stream().filter(wanted::contains).toList();
  }
}
