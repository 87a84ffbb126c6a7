package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.internal.PersonName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives each person of a conversation a name that nobody else has: no agent, no role of a prompt,
 * and nobody whom the application vouches for. Used in the conversation's serial order only.
 */
final class People {

  static final String GUEST = " (guest)";

  private final Roster roster;
  private final Map<String, Author> known = new HashMap<>();

  People(Roster roster) {
    this.roster = roster;
  }

  /** Returns true if somebody is known under a name that a reader could take for this one. */
  boolean hasOneLike(String agentName) {
    return known.values().stream()
        .map(Author::name)
        .filter(Objects::nonNull)
        .anyMatch(name -> PersonName.looksLike(name, agentName));
  }

  /** Takes note of a person who was known before. */
  void restore(@Nullable Author author) {
    if (author != null) {
      known.put(key(author), author);
    }
  }

  /** Returns the person under the name that this conversation knows them by; null for null. */
  @Nullable Author known(@Nullable Author given) {
    if (given == null) {
      return null;
    }
    String name = given.name() == null ? null : PersonName.clean(given.name());
    Author author = given.named(name == null ? null : distinct(given, name));
    known.put(key(author), author);
    return author;
  }

  private static String key(Author author) {
    return (author.verified() ? "+" : "-") + author.id();
  }

  private String distinct(Author given, String name) {
    String base = PersonName.asPerson(name, agents());
    if (!given.verified()) {
      return isTaken(given, base) ? base + GUEST : base;
    }
    Author before = known.get(key(given));
    String earlier = before == null ? null : before.name();
    if (earlier != null && isNumbered(earlier, base) && !isTaken(given, earlier)) {
      return earlier;
    }
    String free = base;
    for (int number = 2; isTaken(given, free); number++) {
      free = base + " (" + number + ")";
    }
    return free;
  }

  private static boolean isNumbered(String name, String base) {
    return name.startsWith(base) && name.substring(base.length()).matches("( \\(\\d+\\))?");
  }

  private boolean isTaken(Author given, String name) {
    return known.values().stream()
        .filter(Author::verified)
        .filter(other -> !(given.verified() && other.id().equals(given.id())))
        .map(Author::name)
        .filter(Objects::nonNull)
        .anyMatch(other -> PersonName.looksLike(name, other));
  }

  private List<String> agents() {
    List<String> names = new ArrayList<>(roster.everybody());
    everybody(roster.agents()).map(Agent::name).forEach(names::add);
    return names;
  }

  private static Stream<Agent> everybody(List<Agent> participants) {
    return participants.stream()
        .flatMap(
            agent -> {
              TeamRules inner = agent.team();
              return inner == null
                  ? Stream.of(agent)
                  : Stream.concat(Stream.of(agent), everybody(inner.participants()));
            });
  }
}
