package io.agentstream.examples.terminal;

import io.agentstream.event.SpeakerChange;

/** One answer under way: what of it is not shown yet, and how fast it comes. */
final class Voice {

  private final SpeakerChange speaker;
  private final StringBuilder waiting = new StringBuilder();
  private boolean finished;
  private long tokens;
  private long firstTokenAt;

  Voice(SpeakerChange speaker) {
    this.speaker = speaker;
  }

  SpeakerChange speaker() {
    return speaker;
  }

  void counted() {
    if (tokens++ == 0) {
      firstTokenAt = System.nanoTime();
    }
  }

  long tokens() {
    return tokens;
  }

  /** From the first token on; 0 until the second. */
  double tokensPerSecond(long now) {
    return tokens < 2 ? 0 : (tokens - 1) * 1e9 / Math.max(1, now - firstTokenAt);
  }

  void keep(String text) {
    waiting.append(text);
  }

  String takeWaiting() {
    String text = waiting.toString();
    waiting.setLength(0);
    return text;
  }

  void finish() {
    finished = true;
  }

  boolean isFinished() {
    return finished;
  }
}
