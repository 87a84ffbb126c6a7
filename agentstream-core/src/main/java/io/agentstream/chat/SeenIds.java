package io.agentstream.chat;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The newest ids of accepted messages, so that a repeated command takes effect only once. */
final class SeenIds {

  /** A thousand ids, each with the mark of its text. */
  private static final int MOST = 2_000;

  /** A client with this character in its ids can refuse only its own messages. */
  private static final char SEPARATOR = '\n';

  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();
  private @Nullable List<String> list;

  SeenIds() {
    this(MOST);
  }

  /**
   * @param most how many are remembered
   */
  SeenIds(int most) {
    this.most = most;
  }

  /** Returns true if the id is new. */
  boolean add(String id) {
    list = null;
    boolean isNew = ids.add(id);
    if (ids.size() > most) {
      Iterator<String> oldest = ids.iterator();
      oldest.next();
      oldest.remove();
    }
    return isNew;
  }

  boolean contains(String id) {
    return ids.contains(id);
  }

  /** Adds an id with a mark of its text, which is kept like an id. */
  void add(String id, String text) {
    add(id);
    add(marked(id, text));
  }

  /** Returns true if the id is known to belong to another text. */
  boolean containsWithOtherText(String id, String text) {
    return !ids.contains(marked(id, text))
        && ids.stream().anyMatch(known -> known.startsWith(id + SEPARATOR));
  }

  private static String marked(String id, String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return id + SEPARATOR + Long.toHexString(sum.getValue());
  }

  List<String> toList() {
    List<String> same = list;
    if (same == null) {
      same = List.copyOf(ids);
      list = same;
    }
    return same;
  }
}
