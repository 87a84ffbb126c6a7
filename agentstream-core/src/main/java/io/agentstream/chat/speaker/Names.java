package io.agentstream.chat.speaker;

import io.agentstream.internal.NameKey;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of those who can be picked, in their order. */
final class Names {

  private Names() {}

  static List<String> of(SelectionContext context) {
    return context.participants().stream().map(Participant::name).toList();
  }

  /** All but this one, unless it is the only one. */
  static List<String> without(@Nullable String name, List<String> names) {
    List<String> others = names.stream().filter(other -> !other.equals(name)).toList();
    return others.isEmpty() ? names : others;
  }

  /**
   * Who of {@code allowed} comes next in order after {@code previous}, and {@code previous} itself
   * last of all; the first allowed where nobody was before.
   */
  static String after(@Nullable String previous, List<String> order, Collection<String> allowed) {
    int from = previous == null ? -1 : order.indexOf(previous);
    for (int i = 1; i <= order.size(); i++) {
      String next = order.get((from + i) % order.size());
      if (allowed.contains(next)) {
        return next;
      }
    }
    throw new IllegalArgumentException("None of " + allowed + " is among " + order);
  }

  /**
   * The name as the participant bears it: exactly this one, else the only one that differs in upper
   * and lower case alone.
   *
   * @throws IllegalStateException if it is not; {@code source} says who came up with it
   */
  static String check(String name, List<String> names, String source) {
    if (names.contains(name)) {
      return name;
    }
    List<String> alike =
        names.stream().filter(other -> NameKey.of(other).equals(NameKey.of(name))).toList();
    if (alike.size() != 1) {
      throw new IllegalStateException(
          source + " named '" + name + "', who is not one of the participants " + names);
    }
    return alike.get(0);
  }
}
