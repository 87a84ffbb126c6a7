package io.agentstream.benchmarks.load;

/** One round of a peer. */
record PeerRound(
    PeerLoads.Token token,
    PeerLoads.Viewed one,
    PeerLoads.Viewed many,
    PeerLoads.Reconnects reconnects) {

  double tokenMicros() {
    return token.cpuMicros();
  }

  /** Returns the processor time of a token for each viewer but the first, in microseconds. */
  double furtherMicros() {
    return (many.cpuMicros() - one.cpuMicros()) / (PeerLoads.MANY - 1);
  }

  double resumeMillis() {
    return reconnects.resumes().cpuMillis();
  }

  double reloadMillis() {
    return reconnects.reloads().cpuMillis();
  }
}
