package io.agentstream.presence;

import io.agentstream.event.Author;
import io.agentstream.internal.PersonName;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Presence.Person;
import io.agentstream.wire.internal.NodePresence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows who takes part in one conversation, here and on other nodes. It has no clock and sends
 * nothing. Guarded by itself.
 */
final class Room {

  /** The most people who are listed by name; if there are more, only their number is sent. */
  static final int MOST_NAMED = 20;

  /** How often a node repeats who is here, because a message may be lost. */
  static final long REPEATED_NANOS = 15_000_000_000L;

  final String conversationId;
  private final List<String> agents;
  private final Set<Attendee> attendees = new LinkedHashSet<>();
  private final Typists typists = new Typists();
  private final Others others = new Others();
  private final Set<Attendee> unaware = new LinkedHashSet<>();
  private ControlFrame.@Nullable Presence shown;

  /**
   * @param agents the names that nobody else may bear
   */
  Room(String conversationId, List<String> agents) {
    this.conversationId = conversationId;
    this.agents = List.copyOf(agents);
  }

  synchronized void enter(Attendee attendee) {
    if (attendees.add(attendee)) {
      unaware.add(attendee);
    }
  }

  /** Returns true if nobody is left here. */
  synchronized boolean leave(Attendee attendee) {
    if (attendees.remove(attendee)) {
      unaware.remove(attendee);
      Author gone = attendee.author();
      boolean stays =
          attendees.stream()
              .anyMatch(other -> Typists.key(other.author()).equals(Typists.key(gone)));
      if (!stays) {
        typists.remove(gone);
      }
    }
    return attendees.isEmpty();
  }

  synchronized boolean isEmpty() {
    return attendees.isEmpty();
  }

  synchronized int size() {
    return attendees.size();
  }

  synchronized boolean types(Author author, long now) {
    return typists.add(author, now);
  }

  synchronized boolean stopsTyping(Author author) {
    return typists.remove(author);
  }

  synchronized boolean hear(NodePresence told, long now) {
    return others.hear(told, now);
  }

  /** Forgets what is too old; returns true if anything was. */
  synchronized boolean expire(long now) {
    boolean typed = typists.expire(now);
    return others.expire(now) || typed;
  }

  /**
   * Returns when the first of those who type counts as silent; {@code otherwise} if nobody types.
   */
  synchronized long firstEnd(long otherwise) {
    return typists.firstEnd(otherwise);
  }

  /** The frame that viewers are shown in one round, and these viewers. */
  record Round(ControlFrame.Presence frame, List<Attendee> to) {}

  /** Returns what to show now: to all if it has changed, else to those who have seen nothing. */
  synchronized Round round() {
    ControlFrame.Presence frame = frame();
    boolean changed = !frame.equals(shown);
    List<Attendee> to = List.copyOf(changed ? attendees : unaware);
    unaware.clear();
    shown = frame;
    return new Round(frame, to);
  }

  /** Returns the message for other nodes about this one. */
  synchronized NodePresence here(String node, boolean hello) {
    Map<String, Author> people = new LinkedHashMap<>();
    attendees.forEach(attendee -> put(people, attendee.author()));
    Collection<Author> typing = typists.authors();
    return new NodePresence(
        node,
        attendees.size(),
        people.values().stream().limit(MOST_NAMED + 1L).toList(),
        typing.stream().limit(MOST_NAMED + 1L).map(this::asPerson).toList(),
        typing.size(),
        hello);
  }

  private ControlFrame.Presence frame() {
    Map<String, Author> people = new LinkedHashMap<>();
    Map<String, Author> typing = new LinkedHashMap<>();
    int viewers = 0;
    int typingCount = 0;
    List<NodePresence> all = new ArrayList<>(others.all());
    all.add(0, here("", false));
    for (NodePresence node : all) {
      viewers += node.viewers();
      typingCount += node.typingCount();
      node.people().forEach(author -> put(people, author));
      node.typing().forEach(author -> put(typing, author));
    }
    typing.forEach(people::putIfAbsent);
    List<Person> named =
        people.size() > MOST_NAMED
            ? null
            : people.entrySet().stream()
                .map(p -> new Person(p.getValue(), typing.containsKey(p.getKey()) ? true : null))
                .toList();
    int types = typing.size() > MOST_NAMED ? typingCount : typing.size();
    return new ControlFrame.Presence(conversationId, viewers, types, named);
  }

  private void put(Map<String, Author> people, Author author) {
    if (people.size() <= MOST_NAMED) {
      people.putIfAbsent(Typists.key(author), asPerson(author));
    }
  }

  private Author asPerson(Author author) {
    String name = author.name();
    return name == null ? author : author.named(PersonName.asPerson(name, agents));
  }
}
