package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** One viewer's connection to an answer, which streams as server-sent events. */
final class AnswerReader {

  private static final int DATA = "data:".length();
  private static final int ID = "id:".length();
  private static final int MOST_PLACES = 1_000;

  private final String id;
  private final AnswerKind kind;
  private final Inbound inbound;
  private final Seen seen;
  private final ChunkedBody body = new ChunkedBody();
  private final ArrayDeque<Seen> places = new ArrayDeque<>();
  private boolean keepsPlaces;
  private String eventId = "";
  private long bytes;
  private boolean ended;

  private AnswerReader(String id, AnswerKind kind, Inbound inbound, Seen seen) {
    this.id = id;
    this.kind = kind;
    this.inbound = inbound;
    this.seen = seen;
  }

  /** Sends a request whose response is the answer, or the rest of it. */
  static AnswerReader open(String id, Peer peer, String request, Seen seen) throws IOException {
    Inbound inbound = Inbound.connect(peer.server().port());
    inbound.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    return new AnswerReader(id, peer.kind(), inbound, seen);
  }

  /** Reads what has come. */
  void read(ByteBuffer shared) throws IOException {
    inbound.receive(shared);
    bytes += shared.limit();
    body.take(inbound);
    int at = 0;
    for (int i = 0; i < body.filled(); i++) {
      if (body.text()[i] == '\n') {
        line(at, i);
        seen.characters(i + 1 - at);
        at = i + 1;
        remember();
      }
    }
    body.drop(at);
  }

  private void remember() {
    if (keepsPlaces && (places.isEmpty() || places.getLast().tokens() < seen.tokens())) {
      places.add(seen.copy());
      if (places.size() > MOST_PLACES) {
        places.removeFirst();
      }
    }
  }

  /** Keeps the newest places from now on. */
  void keepPlaces() {
    keepsPlaces = true;
  }

  /**
   * Returns what it had seen so many tokens ago, or a little less; if the tokens since then came
   * together, the oldest place that it knows.
   */
  Seen before(long tokens) {
    for (Seen place : (Iterable<Seen>) places::descendingIterator) {
      if (place.tokens() <= seen.tokens() - tokens) {
        return place;
      }
    }
    return places.getFirst();
  }

  private void line(int from, int to) {
    byte[] text = body.text();
    if (to - from > DATA && text[from] == 'd') {
      data(text, afterSpaces(from + DATA), to);
    } else if (to - from > ID && text[from] == 'i') {
      int id = afterSpaces(from + ID);
      eventId = new String(text, id, to - id, StandardCharsets.US_ASCII);
    }
  }

  private int afterSpaces(int from) {
    return body.text()[from] == ' ' ? from + 1 : from;
  }

  private void data(byte[] text, int from, int to) {
    int tokens = kind.textOf(text, from, to);
    for (int at = tokens;
        at >= 0 && at + Stamp.LENGTH < to && text[at] != '"';
        at += Stamp.LENGTH) {
      seen.token(Stamp.read(text, at));
    }
    // Before its data, an event has not been seen.
    seen.event(eventId);
    ended |= kind.isEnd(text, from, to);
  }

  Inbound inbound() {
    return inbound;
  }

  String id() {
    return id;
  }

  Seen seen() {
    return seen;
  }

  /** Returns the bytes of the response so far, as they came over the wire. */
  long bytes() {
    return bytes;
  }

  boolean isEnded() {
    return ended;
  }
}
