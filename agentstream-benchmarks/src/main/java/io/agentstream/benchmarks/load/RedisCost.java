package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures the cost of sharing conversations: a token through Redis to a viewer at another node,
 * compared with one at the node that runs the conversation, and with the same server without Redis.
 * Needs {@code redis-server}, on the path or as {@code -Dagentstream.redis.server}.
 */
public final class RedisCost {

  private static final int ROUNDS = 3;
  private static final int WARM_UPS = 4;

  private final ServerUnderTest alone;
  private final ServerUnderTest owner;
  private final ServerUnderTest other;
  private final ServerUnderTest redis;
  private final Load load = new Load(System.err::println);

  private RedisCost(
      ServerUnderTest alone, ServerUnderTest owner, ServerUnderTest other, ServerUnderTest redis) {
    this.alone = alone;
    this.owner = owner;
    this.other = other;
    this.redis = redis;
  }

  /**
   * Measures, and prints a table.
   *
   * @param args the folder of this module, then the number of rounds, {@value #ROUNDS} by default
   */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args.length > 0 ? args[0] : "agentstream-benchmarks").toAbsolutePath();
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    try (ServerUnderTest model = Servers.modelServer(home);
        ServerUnderTest redis = Servers.redis(home)) {
      Servers servers = new Servers(home, model.port());
      String url = "redis://127.0.0.1:" + redis.port();
      try (ServerUnderTest alone = servers.start(Servers.OURS);
          ServerUnderTest owner = servers.node("agentstream that runs them", url);
          ServerUnderTest other = servers.node("agentstream that shows them", url)) {
        new RedisCost(alone, owner, other, redis).run(rounds);
      }
    }
  }

  private void run(int rounds) throws IOException {
    for (int i = 0; i < WARM_UPS; i++) {
      Measurement without = load.measure(alone, Scenario.FLAT_OUT);
      System.err.printf("Warms up: without Redis %.1f µs a token; ", without.cpuMicrosPerToken());
      System.err.println(shared(Scenario.FLAT_OUT));
    }
    for (Scenario scenario : List.of(Scenario.STEADY, Scenario.FLAT_OUT)) {
      List<Measurement> without = new ArrayList<>();
      List<Shared> with = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        without.add(load.measure(alone, scenario));
        with.add(shared(scenario));
        System.err.println(with.get(round));
      }
      print(scenario, without, with);
    }
  }

  private Shared shared(Scenario scenario) throws IOException {
    try (PairedCrowd crowd = new PairedCrowd(owner, other, scenario)) {
      crowd.run(scenario.settleMillis());
      crowd.forget();
      long ownerCpu = owner.cpuMicros();
      long otherCpu = other.cpuMicros();
      long redisCpu = redis.cpuMicros();
      crowd.run(scenario.measureMillis());
      double tokens = Math.max(1, crowd.here().tokens());
      return new Shared(
          (owner.cpuMicros() - ownerCpu) / tokens,
          (other.cpuMicros() - otherCpu) / tokens,
          (redis.cpuMicros() - redisCpu) / tokens,
          1_000 * tokens / scenario.measureMillis(),
          crowd.there().tokens() / tokens,
          crowd.here(),
          crowd.there());
    }
  }

  private void print(Scenario scenario, List<Measurement> without, List<Shared> with) {
    double[] ratios = new double[with.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = with.get(i).ownerMicros() / without.get(i).cpuMicrosPerToken();
    }
    System.out.printf(
        "%n%s: %d conversations, each viewed at two nodes, %.0f tokens a second%n%n",
        scenario.name(), scenario.conversations(), median(with, Shared::tokensPerSecond));
    System.out.println("| viewer | CPU µs a token | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|");
    row("without Redis", median(without, Measurement::cpuMicrosPerToken), without);
    System.out.printf(
        "| at the node that runs it | %.1f, %.2f times that | %.1f | %.1f |%n",
        median(with, Shared::ownerMicros),
        median(ratios),
        median(with, it -> it.here().latencyMicros(50) / 1e3),
        median(with, it -> it.here().latencyMicros(99) / 1e3));
    System.out.printf(
        "| at another node | %.1f there, %.1f in Redis | %.1f | %.1f |%n",
        median(with, Shared::otherMicros),
        median(with, Shared::redisMicros),
        median(with, it -> it.there().latencyMicros(50) / 1e3),
        median(with, it -> it.there().latencyMicros(99) / 1e3));
    System.out.printf(
        "%nTokens lost or broken: %d%n",
        with.stream()
            .mapToLong(it -> it.here().lost() + it.here().broken() + it.there().broken())
            .sum());
  }

  private static void row(String viewer, double cpu, List<Measurement> rounds) {
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f |%n",
        viewer,
        cpu,
        median(rounds, it -> it.p50Micros() / 1e3),
        median(rounds, it -> it.p99Micros() / 1e3));
  }

  private static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
    return median(rounds.stream().mapToDouble(figure).toArray());
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /**
   * One round on two nodes; each cost is for one token of a conversation.
   *
   * @param told the ratio of tokens at the other node to tokens at the owner
   */
  private record Shared(
      double ownerMicros,
      double otherMicros,
      double redisMicros,
      double tokensPerSecond,
      double told,
      Tally here,
      Tally there) {

    @Override
    public String toString() {
      return String.format(
          "owner %.1f µs a token, p99 %.1f ms; other node %.1f µs, p99 %.1f ms, %.2f of the"
              + " tokens; Redis %.1f µs",
          ownerMicros,
          here.latencyMicros(99) / 1e3,
          otherMicros,
          there.latencyMicros(99) / 1e3,
          told,
          redisMicros);
    }
  }
}
