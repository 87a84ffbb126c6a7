package io.agentstream.teams;

import io.agentstream.teams.internal.Unknown;
import java.util.Collection;
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
    for (String tool : spec.allow()) {
      if (!all.contains(tool)) {
        throw new IllegalArgumentException(path + ".allow: " + Unknown.of("tool", tool, all));
      }
    }
  }
}
