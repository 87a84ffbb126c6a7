package io.agentstream.chat;

import io.agentstream.chat.speaker.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Locates a team among the teams that contain it.
 *
 * @param path the names that lead to it; empty for the outermost
 * @param instruction the instruction for this run, from the selector of the outer team; null for
 *     none
 */
record TeamPlace(List<String> path, @Nullable String instruction) {

  static final TeamPlace OUTERMOST = new TeamPlace(List.of(), null);

  boolean isOutermost() {
    return path.isEmpty();
  }

  /** Returns the name of an inner team. */
  String name() {
    return path.get(path.size() - 1);
  }

  TeamPlace inside(String name, @Nullable String told) {
    return new TeamPlace(join(name), told);
  }

  /** Returns the path of a participant, as viewers see it; null in the outermost team. */
  @Nullable List<String> pathOf(String participant) {
    return isOutermost() ? null : join(participant);
  }

  /** Returns the turn with the team's instruction before its own. */
  Selection.Turn instructed(Selection.Turn turn) {
    if (instruction == null) {
      return turn;
    }
    String own = turn.instruction();
    return turn.withInstruction(own == null ? instruction : instruction + "\n\n" + own);
  }

  private List<String> join(String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }
}
