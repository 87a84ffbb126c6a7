package io.agentstream.examples.terminal;

import io.agentstream.event.SpeakerChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer under way: what of it is not shown yet, and how fast it comes. */
final class Voice {

  private final SpeakerChange speaker;
  private final List<Piece> waiting = new ArrayList<>();
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

  /** How long ago the first token came. */
  long nanosOfTokens(long now) {
    return now - firstTokenAt;
  }

  /** Keeps what cannot be shown yet. */
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
   * A part of an answer, or a note about it.
   *
   * @param note how the note begins; null for a part of the answer
   * @param others what others have written
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
