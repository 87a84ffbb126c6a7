package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares servers whose viewers can come back to an answer, each with its own log and its own way
 * to resume: a token, a further viewer, a reconnect, and what an answer holds when it has ended.
 * All viewers read server-sent events.
 */
final class Peers implements Experiment {

  private static final int TOKENS = 20_000;
  private static final int TIMES = 200;
  private static final int KEPT = 1_000;
  private static final long WARM_UP_TOKENS = 1_000_000;
  private static final long WARM_UP_MILLIS = 60_000;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    Map<String, List<PeerRound>> rounds = new LinkedHashMap<>();
    List<Peer> peers = new ArrayList<>();
    try {
      for (String name : bench.options().among(Servers.peers())) {
        peers.add(warm(bench, name));
      }
      for (int round = 1; round <= bench.options().rounds(); round++) {
        for (Peer peer : peers) {
          peer.resume();
          PeerRound one = round(peer, bench.options().quick());
          peer.suspend();
          bench.say("peers, round %d, %s: %s".formatted(round, peer.name(), one));
          rounds.computeIfAbsent(peer.name(), name -> new ArrayList<>()).add(one);
        }
        bench.say("peers, round %d: the load of the machine is %.1f".formatted(round, load()));
      }
    } finally {
      for (Peer peer : peers) {
        // A suspended process notices no signal to end.
        peer.resume();
        peer.close();
      }
    }
    if (!rounds.isEmpty()) {
      PeerTables.add(rounds, kept(bench), results);
    }
  }

  private static Peer warm(Bench bench, String name) throws IOException {
    boolean quick = bench.options().quick();
    Peer peer = bench.freshPeer(name);
    PeerLoads.warmUp(peer, WARM_UP_TOKENS, quick ? WARM_UP_MILLIS / 6 : WARM_UP_MILLIS);
    if (!quick) {
      PeerRound unused = round(peer, true);
    }
    peer.suspend();
    bench.say(name + " has warmed up");
    return peer;
  }

  private static PeerRound round(Peer peer, boolean quick) throws IOException {
    long millis = quick ? 2_000 : 8_000;
    return new PeerRound(
        PeerLoads.token(peer, millis),
        PeerLoads.viewed(peer, 1, millis),
        PeerLoads.viewed(peer, PeerLoads.MANY, millis),
        PeerLoads.reconnects(peer, TOKENS, TIMES));
  }

  private static Map<String, PeerLoads.Kept> kept(Bench bench) throws IOException {
    Map<String, PeerLoads.Kept> kept = new LinkedHashMap<>();
    for (String name : bench.options().among(Servers.peers())) {
      try (Peer peer = bench.freshPeer(name)) {
        kept.put(name, PeerLoads.kept(peer, KEPT));
        bench.say("peers, kept by %s: %s".formatted(name, kept.get(name)));
      }
    }
    return kept;
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
