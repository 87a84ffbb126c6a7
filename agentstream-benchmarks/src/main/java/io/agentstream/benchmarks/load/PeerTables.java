package io.agentstream.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The tables of the peers. A ratio is the first server's figure divided by the other's. */
final class PeerTables {

  private static final String SHARE = "the first's share of it";

  private final Map<String, List<PeerRound>> rounds;
  private final List<PeerRound> first;

  private PeerTables(Map<String, List<PeerRound>> rounds) {
    this.rounds = rounds;
    this.first = rounds.values().iterator().next();
  }

  static void add(
      Map<String, List<PeerRound>> rounds, Map<String, PeerLoads.Kept> kept, Results results) {
    PeerTables tables = new PeerTables(rounds);
    results.add(tables.tokens());
    results.add(tables.viewers());
    results.add(tables.reconnects());
    results.add(kept(kept));
    List<PeerRound> ours = rounds.get(Servers.OURS);
    if (ours != null) {
      long flaws =
          flaws(ours, it -> it.reconnects().resumed()).missing()
              + flaws(ours, it -> it.reconnects().reloaded()).missing();
      results.add(Goal.none("peers", "token missing after a reconnect", flaws));
    }
  }

  private Table tokens() {
    return table(
        "peers, tokens",
        "50 answers at a time, 200 tokens each, one every 10 ms, over server-sent events",
        List.of("server", "CPU µs a token", SHARE, "of it Redis", "bytes a token", "lost"),
        it ->
            List.of(
                figure("%.1f", Median.of(it, PeerRound::tokenMicros)),
                share(it, PeerRound::tokenMicros),
                figure("%.1f", Median.of(it, one -> one.token().redisMicros())),
                figure("%.0f", Median.of(it, one -> one.token().bytes())),
                String.valueOf(it.stream().mapToLong(one -> one.token().lost()).sum())));
  }

  private Table viewers() {
    return table(
        "peers, viewers",
        "one answer, a token every 5 ms, with 1 and with 100 viewers",
        List.of(
            "server",
            "CPU µs a token, one viewer",
            "for each further viewer",
            SHARE,
            "missing, doubled"),
        it ->
            List.of(
                figure("%.1f", Median.of(it, one -> one.one().cpuMicros())),
                figure("%.2f", Median.of(it, PeerRound::furtherMicros)),
                share(it, PeerRound::furtherMicros),
                inWords(flaws(it, one -> one.many().flaws()))));
  }

  private Table reconnects() {
    return table(
        "peers, reconnect",
        "a viewer comes back after nine tenths of an answer, to its place or with nothing",
        List.of(
            "server",
            "CPU ms, to its place",
            SHARE,
            "KB",
            "missing, doubled",
            "CPU ms, with nothing",
            SHARE,
            "KB",
            "missing, doubled"),
        it ->
            List.of(
                figure("%.2f", Median.of(it, PeerRound::resumeMillis)),
                share(it, PeerRound::resumeMillis),
                kilobytes(it, one -> one.reconnects().resumes().bytes()),
                inWords(flaws(it, one -> one.reconnects().resumed())),
                figure("%.2f", Median.of(it, PeerRound::reloadMillis)),
                share(it, PeerRound::reloadMillis),
                kilobytes(it, one -> one.reconnects().reloads().bytes()),
                inWords(flaws(it, one -> one.reconnects().reloaded()))));
  }

  private static Table kept(Map<String, PeerLoads.Kept> kept) {
    List<List<String>> rows = new ArrayList<>();
    kept.forEach(
        (name, one) ->
            rows.add(
                List.of(
                    name,
                    figure("%.1f", one.heap()),
                    figure("%.1f", one.resident()),
                    figure("%.1f", one.redis()))));
    return new Table(
        "peers, idle",
        "what an answer of 20 tokens holds that has ended and that nobody views",
        List.of("server", "heap KB", "resident KB", "KB in Redis"),
        rows);
  }

  private Table table(
      String name,
      String about,
      List<String> columns,
      Function<List<PeerRound>, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    rounds.forEach(
        (server, all) -> {
          List<String> row = new ArrayList<>(List.of(server));
          row.addAll(cells.apply(all));
          rows.add(row);
        });
    return new Table(name, about, columns, rows);
  }

  private String share(List<PeerRound> all, ToDoubleFunction<PeerRound> what) {
    return figure("%.2f", Median.ofRatios(first, all, what));
  }

  private static PeerLoads.Flaws flaws(
      List<PeerRound> all, Function<PeerRound, PeerLoads.Flaws> which) {
    List<PeerLoads.Flaws> flaws = all.stream().map(which).toList();
    return new PeerLoads.Flaws(
        flaws.stream().mapToLong(PeerLoads.Flaws::missing).sum(),
        flaws.stream().mapToLong(PeerLoads.Flaws::doubled).sum());
  }

  private static String inWords(PeerLoads.Flaws flaws) {
    return String.format(Locale.ROOT, "%,d, %,d", flaws.missing(), flaws.doubled());
  }

  private static String kilobytes(List<PeerRound> all, ToDoubleFunction<PeerRound> bytes) {
    return figure("%,.1f", Median.of(all, bytes) / 1_024);
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
