package io.agentstream.chat;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The newest message ids, so that a repeated message is accepted only once. */
final class SeenIds {

  private static final int MOST = 1_000;

  private final Set<String> ids = new LinkedHashSet<>();

  /** Returns true if the id is new. */
  boolean add(String id) {
    boolean isNew = ids.add(id);
    if (ids.size() > MOST) {
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
