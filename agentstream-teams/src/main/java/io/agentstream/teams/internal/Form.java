package io.agentstream.teams.internal;

import java.util.Map;

/** Reads and writes the values of one type, and describes them as JSON Schema. */
interface Form<T> {

  /**
   * Reads a value.
   *
   * @throws UnreadableException if the node is no such value
   */
  T read(Spot spot);

  /** Returns the value as texts, numbers, booleans, lists and maps. */
  Object write(T value);

  /** Returns the schema; records are described once, in {@code definitions}. */
  Map<String, Object> schema(Map<String, Object> definitions);
}
