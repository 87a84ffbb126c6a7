package io.agentstream.chat.speaker;

import io.agentstream.internal.NameKey;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of the possible speakers, in order. */
final class Names {

  private Names() {}

  static List<String> of(SelectionContext context) {
    return context.participants().stream().map(Participant::name).toList();
  }

  /** Returns the names of all possible speakers that are not people; of all if all are people. */
  static List<String> ofAgents(SelectionContext context) {
    List<String> agents =
        context.participants().stream()
            .filter(participant -> !participant.isPerson())
            .map(Participant::name)
            .toList();
    return agents.isEmpty() ? of(context) : agents;
  }

  /** Returns true if a person has this seat. */
  static boolean isPerson(SelectionContext context, String name) {
    return context.participants().stream()
        .anyMatch(participant -> participant.isPerson() && participant.name().equals(name));
  }

  /** Returns true if this participant is muted or has left. */
  static boolean isSilent(SelectionContext context, String name) {
    return context.seats().stream()
        .anyMatch(seat -> !seat.isActive() && seat.participant().name().equals(name));
  }

  /**
   * Returns the name that the user's code gave, like {@link #check}; it may also be that of a
   * participant that is muted or has left, of which the code need not know.
   */
  static String checkGiven(String name, SelectionContext context, String source) {
    return isSilent(context, name) ? name : check(name, of(context), source);
  }

  /** Returns all names except this one, unless it is the only one. */
  static List<String> without(@Nullable String name, List<String> names) {
    List<String> others = names.stream().filter(other -> !other.equals(name)).toList();
    return others.isEmpty() ? names : others;
  }

  /**
   * Returns the member of {@code allowed} that is next in order after {@code previous}; {@code
   * previous} itself comes last. Returns the first allowed one if there is no previous speaker.
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
   * Returns the participant's name: exactly this one, or else the only one that differs only in
   * case.
   *
   * @throws IllegalStateException if there is none; {@code source} names the origin of the name
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
