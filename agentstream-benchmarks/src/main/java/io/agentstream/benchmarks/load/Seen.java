package io.agentstream.benchmarks.load;

/** The part of an answer that a viewer has seen, and the place at which it is to continue. */
final class Seen {

  private String eventId = "";
  private long characters;
  private long last = -1;
  private long tokens;
  private long doubled;

  /** Returns the same knowledge for another connection. */
  Seen copy() {
    Seen copy = new Seen();
    copy.eventId = eventId;
    copy.characters = characters;
    copy.last = last;
    copy.tokens = tokens;
    copy.doubled = doubled;
    return copy;
  }

  /** Takes the id of the next event. */
  void event(String id) {
    eventId = id;
  }

  /** Takes characters of the stream, those of its event ids included. */
  void characters(int count) {
    characters += count;
  }

  /** Takes a token. The stamps of one answer grow, so that an older one has been seen before. */
  void token(long stamp) {
    if (last >= 0 && !Stamp.isLater(stamp, last)) {
      doubled++;
      return;
    }
    last = stamp;
    tokens++;
  }

  String eventId() {
    return eventId;
  }

  long characters() {
    return characters;
  }

  /** Returns the number of different tokens. */
  long tokens() {
    return tokens;
  }

  /** Returns the number of tokens that came again. */
  long doubled() {
    return doubled;
  }
}
