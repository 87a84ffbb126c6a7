package io.agentstream.chat;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The newest ids of accepted commands, so that a repeated command takes effect only once. */
final class SeenIds {

  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();
  private @Nullable List<String> list;

  /**
   * @param most how many are remembered
   */
  SeenIds(int most) {
    this.most = most;
  }

  void add(String id) {
    list = null;
    ids.add(id);
    if (ids.size() > most) {
      Iterator<String> oldest = ids.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  boolean contains(String id) {
    return ids.contains(id);
  }

  /** Returns true if an id begins with this text. */
  boolean containsLonger(String text) {
    return ids.stream().anyMatch(id -> id.startsWith(text));
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
