package io.agentstream.http.rest;

import java.util.Map;

/** The ids in a path, by the names that they have in commands. */
record PathIds(Map<String, String> values) {

  PathIds {
    values = Map.copyOf(values);
  }
}
