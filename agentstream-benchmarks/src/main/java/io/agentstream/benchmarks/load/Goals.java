package io.agentstream.benchmarks.load;

import static io.agentstream.benchmarks.load.Servers.BY_HAND;
import static io.agentstream.benchmarks.load.Servers.NODE;
import static io.agentstream.benchmarks.load.Servers.OURS;
import static io.agentstream.benchmarks.load.Servers.OURS_KEPT;
import static io.agentstream.benchmarks.load.Servers.OURS_ON_TOMCAT;
import static io.agentstream.benchmarks.load.Servers.OURS_SMALL;
import static io.agentstream.benchmarks.load.Servers.QUARKUS;

import java.util.List;

/** The goals for the servers' figures. */
final class Goals {

  private static final int MOST_THREADS = 64;

  private Goals() {}

  static void ofSteady(Rounds rounds, Results results) {
    cpu("steady", OURS, QUARKUS, 0.5, rounds, results);
    cpu("steady", OURS, BY_HAND, 0.3, rounds, results);
    cpu("steady", OURS, NODE, 0.45, rounds, results);
    cpu("steady", OURS_ON_TOMCAT, BY_HAND, 0.65, rounds, results);
    for (String other : List.of(BY_HAND, NODE, QUARKUS)) {
      if (rounds.has(OURS, other)) {
        results.add(
            Goal.atMost(
                "steady",
                "bytes a token / " + other,
                0.5,
                rounds.ratio(OURS, other, Measurement::bytesPerToken),
                ""));
      }
    }
  }

  static void ofFlatOut(Rounds rounds, Results results) {
    if (rounds.has(OURS, BY_HAND)) {
      results.add(
          Goal.atLeast(
              "flat-out",
              "tokens a second / " + BY_HAND,
              1.3,
              rounds.ratio(OURS, BY_HAND, Measurement::tokensPerSecond),
              ""));
      results.add(Goal.none("flat-out", "token lost", rounds.lost(OURS)));
    }
  }

  static void ofTurns(Rounds rounds, Results results) {
    if (rounds.has(OURS, QUARKUS)) {
      double ratio = rounds.ratio(OURS, QUARKUS, Measurement::cpuMicrosPerToken);
      results.add(Goal.atMost("turns", "CPU a conversation / " + QUARKUS, 0.8, ratio, ""));
    }
    if (rounds.has(OURS)) {
      results.add(Goal.none("turns", "conversation lost", rounds.lost(OURS)));
    }
    if (rounds.has(OURS_SMALL)) {
      results.add(Goal.none("turns, 256 MB", "conversation lost", rounds.lost(OURS_SMALL)));
    }
  }

  static void ofStore(Rounds rounds, Results results) {
    if (rounds.has(OURS, OURS_KEPT)) {
      double ratio = rounds.ratio(OURS_KEPT, OURS, Measurement::cpuMicrosPerToken);
      results.add(Goal.atMost("store", "CPU a token / without a store", 1.03, ratio, ""));
      results.add(Goal.none("store", "token lost", rounds.lost(OURS_KEPT)));
    }
  }

  static void ofSmall(Rounds rounds, Results results) {
    if (rounds.has(OURS, OURS_SMALL)) {
      double ratio = rounds.ratio(OURS_SMALL, OURS, Measurement::tokensPerSecond);
      results.add(Goal.atLeast("small", "tokens a second / without the bound", 0.9, ratio, ""));
      results.add(Goal.none("small", "token lost", rounds.lost(OURS_SMALL)));
    }
  }

  static void ofBurst(Rounds rounds, Results results) {
    cpu("burst", OURS, QUARKUS, 0.9, rounds, results);
    if (rounds.has(OURS, QUARKUS)) {
      results.add(
          Goal.atMost(
              "burst",
              "p99 / " + QUARKUS,
              1,
              rounds.ratio(OURS, QUARKUS, Measurement::p99Micros),
              ""));
    }
    if (rounds.has(OURS)) {
      results.add(
          Goal.atMost(
              "burst",
              "Java threads",
              MOST_THREADS,
              rounds.median(OURS, Measurement::javaThreads),
              ""));
    }
  }

  private static void cpu(
      String load, String ours, String other, double bound, Rounds rounds, Results results) {
    if (rounds.has(ours, other)) {
      String what = (ours.equals(OURS) ? "" : ours + ": ") + "CPU a token / " + other;
      double ratio = rounds.ratio(ours, other, Measurement::cpuMicrosPerToken);
      results.add(Goal.atMost(load, what, bound, ratio, ""));
    }
  }
}
