package io.agentstream.teams;

import io.agentstream.teams.internal.Documents;
import java.util.List;
import java.util.Map;

/** Describes to viewers when a team's runs end, without the settings of extensions. */
final class EndOutline {

  private EndOutline() {}

  /** Returns the end as JSON. */
  static String of(EndSpec end) {
    return Documents.line(EndSpec.class, without(end));
  }

  private static EndSpec without(EndSpec end) {
    if (end instanceof EndSpec.Any any) {
      return new EndSpec.Any(each(any.any()));
    }
    if (end instanceof EndSpec.All all) {
      return new EndSpec.All(each(all.all()));
    }
    return end instanceof EndSpec.Custom custom
        ? new EndSpec.Custom(custom.custom(), Map.of())
        : end;
  }

  private static List<EndSpec> each(List<EndSpec> ends) {
    return ends.stream().map(EndOutline::without).toList();
  }
}
