package io.agentstream.wire.internal;

import io.agentstream.internal.NameKey;
import io.agentstream.internal.PlainText;
import io.agentstream.wire.ProtocolException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the names and the other short texts of a document. */
final class DocumentNames {

  /** The longest id or name that is not an agent's. */
  static final int MAX_LINE_CHARS = 256;

  private static final int MAX_AGENT_CHARS = 64;

  /** Stand for somebody else in every prompt. */
  private static final Set<String> ROLES = Set.of("user", "system", "assistant", "tool");

  static <T> T present(String place, @Nullable T value) throws ProtocolException {
    if (value == null) {
      throw DocumentFault.wrong(place, "is missing");
    }
    return value;
  }

  /** Returns a text that {@link #line} takes, as like the given one as it can be. */
  static String fitting(String text, String ifEmpty) {
    String line = PlainText.oneLine(text);
    return line.isBlank() ? ifEmpty : PlainText.cut(line, MAX_LINE_CHARS);
  }

  void line(String place, @Nullable String text, int maxChars) throws ProtocolException {
    lineIfAny(place, present(place, text), maxChars);
  }

  void lineIfAny(String place, @Nullable String text, int maxChars) throws ProtocolException {
    if (text != null
        && (text.isBlank() || text.length() > maxChars || PlainText.breaksLines(text))) {
      throw DocumentFault.wrong(
          place, "must be one line of 1 to " + maxChars + " characters without control characters");
    }
  }

  void agent(String place, @Nullable String name) throws ProtocolException {
    line(place, name, MAX_AGENT_CHARS);
    String known = present(place, name);
    if (!known.equals(known.strip()) || ROLES.contains(NameKey.of(known))) {
      throw DocumentFault.wrong(place, "is not a name that an agent can have");
    }
  }

  /** Checks names that differ, of which there may be none. */
  void agents(String place, @Nullable List<String> names, int most) throws ProtocolException {
    List<String> known = present(place, names);
    if (!known.isEmpty()) {
      path(place, known, most);
    }
    if (new HashSet<>(known).size() < known.size()) {
      throw DocumentFault.wrong(place, "must not name anything twice");
    }
  }

  void path(String place, @Nullable List<String> names, int most) throws ProtocolException {
    List<String> known = present(place, names);
    if (known.isEmpty() || known.size() > most) {
      throw DocumentFault.wrong(place, "must hold 1 to " + most + " names");
    }
    for (int i = 0; i < known.size(); i++) {
      agent(place + "[" + i + "]", known.get(i));
    }
  }
}
