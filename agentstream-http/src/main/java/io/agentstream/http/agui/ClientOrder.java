package io.agentstream.http.agui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of the messages that the client has. At a snapshot, AG-UI's client leaves each message
 * in its place and adds new ones at the end. So two clients that have seen speakers of the same
 * time begin in another order would keep another order.
 */
final class ClientOrder {

  /** A snapshot without any reasoning would leave the client's own. */
  private static final String PLACE_HOLDER = "place-holder";

  private static final String REASONING = "reasoning";

  private Set<String> ids;

  /**
   * @param ids the ids of the client's messages
   */
  ClientOrder(List<String> ids) {
    this.ids = new LinkedHashSet<>(ids);
  }

  /** The client has begun a message, unless it has it already. */
  void add(String id) {
    ids.add(id);
  }

  /**
   * The client is about to get a snapshot of all messages.
   *
   * @return the messages of a snapshot that must come before it, because only what a client lets go
   *     of gets another place; null if the order is right without
   */
  @Nullable ArrayNode prepare(ArrayNode wanted) {
    Set<String> order = new LinkedHashSet<>();
    wanted.forEach(message -> order.add(message.path("id").asText()));
    List<String> after = new ArrayList<>(ids);
    after.retainAll(order);
    order.stream().filter(id -> !ids.contains(id)).forEach(after::add);
    ids = order;
    int right = commonBeginning(after, new ArrayList<>(order));
    return right == order.size() ? null : firstOf(wanted, right);
  }

  private static int commonBeginning(List<String> some, List<String> others) {
    int length = 0;
    while (length < some.size() && some.get(length).equals(others.get(length))) {
      length++;
    }
    return length;
  }

  private static ArrayNode firstOf(ArrayNode messages, int count) {
    ArrayNode first = JsonNodeFactory.instance.arrayNode();
    boolean reasoning = false;
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      reasoning |= message.path("role").asText().equals(REASONING);
      if (i < count) {
        first.add(message);
      }
    }
    if (reasoning) {
      first.addObject().put("id", PLACE_HOLDER).put("role", REASONING).put("content", "");
    }
    return first;
  }
}
