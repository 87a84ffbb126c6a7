package io.agentstream.teams.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out what no model server would accept, because one such tool would fail each turn: names
 * with other characters or given twice, descriptions and schemas that are too large. Thread-safe.
 */
final class ToolBounds {

  private static final Logger log = LoggerFactory.getLogger(ToolBounds.class);

  private static final int MOST_TOOLS = 1_000;
  private static final int MOST_CHARS = 32_768;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

  private final String server;
  private final AtomicBoolean told = new AtomicBoolean();

  ToolBounds(String server) {
    this.server = server;
  }

  /**
   * Returns the tools of a list without those that are too many.
   *
   * @param leftOut how many were left out before
   */
  List<ToolSpecification> of(List<ToolSpecification> listed, int leftOut) {
    List<ToolSpecification> kept = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ToolSpecification tool : listed) {
      if (kept.size() < MOST_TOOLS && names.add(tool.name())) {
        kept.add(tool);
      }
    }
    int left = leftOut + listed.size() - kept.size();
    if (left > 0 && told.compareAndSet(false, true)) {
      log.warn(
          "The tool server '{}' lists {} tools that are left out: their names are invalid or not"
              + " unique, they are too large, or there are more than {}",
          server,
          left,
          MOST_TOOLS);
    }
    return List.copyOf(kept);
  }

  /** Returns true if a model could be offered the tool. */
  static boolean fits(JsonNode tool) {
    return NAME.matcher(tool.path("name").asText()).matches()
        && tool.path("inputSchema").isObject()
        && tool.toString().length() <= MOST_CHARS;
  }
}
