package io.agentstream.examples.terminal;

import io.agentstream.event.SpeakerChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message in progress: its text that is not shown yet, and its speed. */
final class Voice {

  private final SpeakerChange speaker;
  private final List<Piece> waiting = new ArrayList<>();
  private boolean begun;
  private boolean finished;
  private long tokens;
  private long firstTokenAt;

  Voice(SpeakerChange speaker) {
    this.speaker = speaker;
  }

  SpeakerChange speaker() {
    return speaker;
  }

  /** Returns true the first time, when nothing of it is shown yet. */
  boolean begins() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  void counted() {
    if (tokens++ == 0) {
      firstTokenAt = System.nanoTime();
    }
  }

  long tokens() {
    return tokens;
  }

  /** Returns the time since the first token. */
  long nanosOfTokens(long now) {
    return now - firstTokenAt;
  }

  /** Stores text that cannot be shown yet. */
  void keep(Piece piece) {
    waiting.add(piece);
  }

  List<Piece> takeWaiting() {
    List<Piece> pieces = List.copyOf(waiting);
    waiting.clear();
    return pieces;
  }

  void finish() {
    finished = true;
  }

  boolean isFinished() {
    return finished;
  }

  /**
   * A part of a message, or a remark about it.
   *
   * @param note the beginning of the remark; null for a part of the message
   * @param others others' text
   */
  record Piece(@Nullable String note, String others) {

    void write(Paragraph paragraph) {
      if (note == null) {
        paragraph.write(others);
      } else {
        paragraph.note(note, others);
      }
    }
  }
}
