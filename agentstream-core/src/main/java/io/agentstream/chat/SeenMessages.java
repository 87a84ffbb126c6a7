package io.agentstream.chat;

import io.agentstream.event.Author;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Recognises people's messages that come again, by their ids. The ids of a person whom the
 * application knows are that person's own; all other people share theirs, because a person who
 * comes back after a lost connection looks like another. Used in the conversation's serial order
 * only.
 */
final class SeenMessages {

  /** The answer to whether a message was seen. */
  enum Kind {
    /** A message without an id, or with one that nobody has used. */
    NEW,
    /** A message that was accepted before. */
    REPEATED,
    /** A message with the id of another one. */
    OTHER
  }

  /** A thousand messages: of each an id, and the same id with a mark of the message. */
  private static final int MOST = 2_000;

  private static final String SEPARATOR = "\n";

  private final SeenIds ids = new SeenIds(MOST);

  void restore(List<String> seen) {
    seen.forEach(ids::add);
  }

  List<String> toList() {
    return ids.toList();
  }

  /** Remembers an id that any message may repeat. */
  void addTopic(@Nullable String id) {
    if (id != null) {
      ids.add(key(null, id));
    }
  }

  void add(PersonMessage message) {
    String id = message.dedupeId();
    if (id != null) {
      String key = key(message.author(), id);
      ids.add(key);
      ids.add(key + SEPARATOR + mark(message));
    }
  }

  Kind find(PersonMessage message) {
    String id = message.dedupeId();
    if (id == null) {
      return Kind.NEW;
    }
    String key = key(message.author(), id);
    if (ids.contains(key)) {
      return isSame(key, message) ? Kind.REPEATED : Kind.OTHER;
    }
    // Sent before the application knew the person, or kept by an earlier version.
    String shared = key(null, id);
    boolean repeated = ids.contains(shared) && isSame(shared, message);
    return repeated ? Kind.REPEATED : Kind.NEW;
  }

  /** Earlier versions left out the moment of the delivery, and at first all of the mark. */
  private boolean isSame(String key, PersonMessage message) {
    return ids.contains(key + SEPARATOR + mark(message))
        || ids.contains(key + SEPARATOR + sum(message.text()))
        || !ids.containsLonger(key + SEPARATOR);
  }

  /** An id that begins with the separator must not look like a known person's. */
  private static String key(@Nullable Author author, String id) {
    if (author != null && author.verified()) {
      return SEPARATOR + sum(author.id()) + SEPARATOR + id;
    }
    return id.startsWith(SEPARATOR) ? SEPARATOR + id : id;
  }

  private static String mark(PersonMessage message) {
    return sum(message.text()) + "-" + message.when();
  }

  private static String sum(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }
}
