package io.agentstream.presence;

import io.agentstream.event.Author;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The people who type in one conversation. Guarded by the room. */
final class Typists {

  /** A client says it again while its person goes on typing. */
  static final long LASTS_NANOS = 6_000_000_000L;

  private static final int MOST = 100;

  private final Map<String, Typing> typing = new LinkedHashMap<>();

  private record Typing(Author author, long until) {}

  /** Returns true if the person did not type before. */
  boolean add(Author author, long now) {
    if (typing.size() >= MOST && !typing.containsKey(key(author))) {
      return false;
    }
    return typing.put(key(author), new Typing(author, now + LASTS_NANOS)) == null;
  }

  /** Returns true if the person typed. */
  boolean remove(Author author) {
    return typing.remove(key(author)) != null;
  }

  /** Removes those who have not typed for a while; returns true if there were any. */
  boolean expire(long now) {
    boolean any = false;
    for (Iterator<Typing> all = typing.values().iterator(); all.hasNext(); ) {
      if (all.next().until - now <= 0) {
        all.remove();
        any = true;
      }
    }
    return any;
  }

  /** Returns when the first of them counts as silent; {@code otherwise} if nobody types. */
  long firstEnd(long otherwise) {
    long first = otherwise;
    for (Typing one : typing.values()) {
      first = one.until - first < 0 ? one.until : first;
    }
    return first;
  }

  Collection<Author> authors() {
    return typing.values().stream().map(Typing::author).toList();
  }

  static String key(Author author) {
    return (author.verified() ? "+" : "-") + author.id();
  }
}
