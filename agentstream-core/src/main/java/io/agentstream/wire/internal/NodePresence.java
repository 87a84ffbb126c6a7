package io.agentstream.wire.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.agentstream.event.Author;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The people in a conversation at one node, as it reports them to the others.
 *
 * @param node the node
 * @param viewers how many viewers take part there; 0 if it is no longer viewed there
 * @param people some of them
 * @param typing some of those who type there
 * @param typingCount how many type there
 * @param hello true if the others should answer with theirs
 */
public record NodePresence(
    String node,
    int viewers,
    List<Author> people,
    List<Author> typing,
    int typingCount,
    boolean hello) {

  /** Copies the lists. */
  public NodePresence {
    Objects.requireNonNull(node, "node");
    people = List.copyOf(people);
    typing = List.copyOf(typing);
  }

  /** Returns true if both tell the same of the same node. */
  public boolean isSame(NodePresence other) {
    return node.equals(other.node)
        && viewers == other.viewers
        && typingCount == other.typingCount
        && people.equals(other.people)
        && typing.equals(other.typing);
  }

  /** Returns it as JSON. */
  public String write() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of texts and numbers can be written", e);
    }
  }

  /** Reads what another node has written; null if it has another form. */
  public static @Nullable NodePresence read(String json) {
    try {
      return Json.STORED.readValue(json, NodePresence.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
