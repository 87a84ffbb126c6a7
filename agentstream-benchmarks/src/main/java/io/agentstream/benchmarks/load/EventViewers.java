package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares viewers over server-sent events with viewers over a WebSocket: one conversation with a
 * hundred viewers of either kind, in turn.
 */
final class EventViewers implements Experiment {

  private static final int VIEWERS = 100;
  private static final int INTERVAL_MILLIS = 5;
  private static final long SETTLE_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 60_000;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (ServerUnderTest server : bench.warm(List.of(Servers.OURS, Servers.OURS_ON_TOMCAT))) {
      boolean quick = bench.options().quick();
      List<Double> events = new ArrayList<>();
      List<Double> sockets = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      long lost = 0;
      // The general warm-up serves no events.
      One unused = bench.alone(server, it -> measure(it, VIEWERS, quick));
      for (int round = 0; round < bench.options().rounds(); round++) {
        One byEvents = bench.alone(server, it -> measure(it, VIEWERS, quick));
        FurtherViewers.One bySockets =
            bench.alone(server, it -> FurtherViewers.measure(it, VIEWERS + 1, quick));
        events.add(byEvents.cpuMicrosPerToken);
        sockets.add(bySockets.cpuMicrosPerToken());
        ratios.add(byEvents.cpuMicrosPerToken / bySockets.cpuMicrosPerToken());
        bench.say(
            "events, round %d, %s: %.2f".formatted(round + 1, server.name(), ratios.get(round)));
        lost += byEvents.lost + bySockets.lost();
      }
      rows.add(
          List.of(
              server.name(),
              String.format(Locale.ROOT, "%.1f", Median.of(sockets)),
              String.format(Locale.ROOT, "%.1f", Median.of(events)),
              String.valueOf(lost)));
      results.add(
          Goal.atMost(
              "events",
              server.name() + ": CPU a token, server-sent events / WebSocket",
              1.1,
              Median.of(ratios),
              ""));
      results.add(Goal.none("events", "token lost on " + server.name(), lost));
    }
    results.add(
        new Table(
            "events",
            "one conversation, a token every "
                + INTERVAL_MILLIS
                + " ms, and a hundred viewers beside the one that started it",
            List.of("server", "CPU µs a token, by WebSocket", "by server-sent events", "lost"),
            rows));
  }

  /** The processor time for each token of the conversation, for all viewers together. */
  static One measure(ServerUnderTest server, int viewers, boolean quick) throws IOException {
    long millis = quick ? 1_000 : 8_000;
    int tokens = (int) ((millis + 2 * SETTLE_MILLIS) / INTERVAL_MILLIS);
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(1);
      crowd.startTogether(tokens, INTERVAL_MILLIS);
      try (EventCrowd readers = new EventCrowd(server.port(), crowd.conversationId(), viewers)) {
        crowd.run(SETTLE_MILLIS);
        Tally before = crowd.take();
        long cpu = server.cpuMicros();
        crowd.run(millis);
        long used = server.cpuMicros() - cpu;
        long said = Math.max(1, crowd.take().tokens());
        crowd.runUntilEnded(1, PATIENCE_MILLIS);
        readers.awaitEnds(viewers, PATIENCE_MILLIS);
        Tally received = readers.stop();
        long lost = (long) tokens * viewers - received.tokens() + received.broken();
        return new One((double) used / said, lost + before.broken(), received.tokens());
      }
    }
  }

  /**
   * The figures of one round.
   *
   * @param received the tokens that all readers have received
   */
  record One(double cpuMicrosPerToken, long lost, long received) {}
}
