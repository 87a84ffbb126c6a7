package io.agentstream.presence;

import io.agentstream.wire.internal.NodePresence;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Knows who is here on the other nodes, from their messages. Guarded by the room. */
final class Others {

  /** Two messages may be lost before a node counts as gone. */
  static final long LASTS_NANOS = 3 * Room.REPEATED_NANOS;

  private static final int MOST_NODES = 256;

  private final Map<String, Heard> nodes = new LinkedHashMap<>();

  private record Heard(NodePresence presence, long at) {}

  /** Returns true if anything has changed. */
  boolean hear(NodePresence told, long now) {
    if (told.viewers() == 0) {
      return nodes.remove(told.node()) != null;
    }
    if (nodes.size() >= MOST_NODES && !nodes.containsKey(told.node())) {
      return false;
    }
    Heard before = nodes.put(told.node(), new Heard(told, now));
    return before == null || !before.presence.isSame(told);
  }

  /** Removes nodes that have told nothing for long; returns true if there were any. */
  boolean expire(long now) {
    return nodes.values().removeIf(heard -> now - heard.at > LASTS_NANOS);
  }

  Collection<NodePresence> all() {
    return nodes.values().stream().map(Heard::presence).toList();
  }
}
