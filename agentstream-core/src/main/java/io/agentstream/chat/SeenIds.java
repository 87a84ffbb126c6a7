package io.agentstream.chat;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The newest ids of accepted messages, so that a repeated command takes effect only once. */
final class SeenIds {

  private static final int MOST = 1_000;

  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();

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

  List<String> toList() {
    return List.copyOf(ids);
  }
}
