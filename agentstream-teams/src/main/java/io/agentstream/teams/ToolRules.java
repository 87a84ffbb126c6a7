package io.agentstream.teams;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says which tools of a server or an extension are let in, and which calls a person approves.
 *
 * @param path the tools' place in the file, for error messages
 */
record ToolRules(String path, ToolSpec spec) {

  boolean letsIn(String tool) {
    return spec.allow().isEmpty() || spec.allow().contains(tool);
  }

  boolean needsApproval(String tool) {
    ToolSpec.@Nullable Approval approval = spec.approval();
    return approval != null
        && (approval.when() == ToolSpec.When.ALWAYS || approval.tools().contains(tool));
  }

  boolean isIdempotent() {
    return Boolean.TRUE.equals(spec.idempotent());
  }

  /**
   * @throws IllegalArgumentException if {@code allow} names a tool that is not there
   */
  void check(Collection<String> all) {
    Set<String> missing = new HashSet<>(spec.allow());
    missing.removeAll(all);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          path
              + ".allow: there is no "
              + String.join(", ", new TreeSet<>(missing))
              + " (known: "
              + String.join(", ", all)
              + ")");
    }
  }
}
