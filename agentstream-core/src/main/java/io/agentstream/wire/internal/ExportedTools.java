package io.agentstream.wire.internal;

import io.agentstream.internal.PlainText;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a message as a document has them. A model makes up names and ids, so they can
 * break lines, be too long, or come twice: here they become what an import takes.
 */
final class ExportedTools {

  /** How many calls of one message a document has at the most: the first ones. */
  static final int MOST = 1_000;

  private static final String NAMELESS = "unnamed";

  private final Set<String> callIds = new HashSet<>();

  private ExportedTools() {}

  static @Nullable List<Snapshot.ToolUse> of(@Nullable List<Snapshot.ToolUse> tools) {
    if (tools == null || tools.isEmpty()) {
      return null;
    }
    ExportedTools exported = new ExportedTools();
    List<Snapshot.ToolUse> all = new ArrayList<>();
    tools.stream().limit(MOST).forEach(tool -> all.add(exported.exported(tool)));
    return all;
  }

  private Snapshot.ToolUse exported(Snapshot.ToolUse tool) {
    return new Snapshot.ToolUse(
        callId(DocumentNames.fitting(tool.callId(), NAMELESS)),
        DocumentNames.fitting(tool.name(), NAMELESS),
        tool.arguments(),
        tool.result(),
        tool.isError());
  }

  private String callId(String id) {
    String free = id;
    for (int copy = 2; !callIds.add(free); copy++) {
      String mark = "-" + copy;
      free = PlainText.cut(id, DocumentNames.MAX_LINE_CHARS - mark.length()) + mark;
    }
    return free;
  }
}
