package io.agentstream.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text form of a directory entry in Redis. */
final class InfoText {

  private static final JsonMapper JSON = new JsonMapper();

  private InfoText() {}

  static String write(ConversationInfo info) {
    ObjectNode json = JSON.createObjectNode();
    User owner = info.owner();
    if (owner != null) {
      json.put("owner", owner.id()).put("anonymous", owner.anonymous());
    }
    json.put("topic", info.topic()).put("created_at", info.createdAt().toEpochMilli());
    info.agents().forEach(json.putArray("agents")::add);
    return json.toString();
  }

  /** Returns empty for a broken entry. Its owner is unknown, so nobody may see it. */
  static Optional<ConversationInfo> read(String id, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      if (Stored.isId(id) && fits(json)) {
        return Optional.of(info(id, json));
      }
    } catch (JsonProcessingException e) {
      // Logged below, without the entry's content.
    }
    Stored.logBroken(id, "info");
    return Optional.empty();
  }

  private static boolean fits(JsonNode json) {
    boolean owned = json.has("owner");
    boolean ownerFits = json.path("owner").isTextual() && !json.path("owner").asText().isBlank();
    return json.isObject()
        && (!owned || (ownerFits && json.path("anonymous").isBoolean()))
        && json.path("topic").isTextual()
        && json.path("created_at").canConvertToLong()
        && json.path("agents").isArray();
  }

  private static ConversationInfo info(String id, JsonNode json) {
    List<String> agents = new ArrayList<>();
    json.path("agents").forEach(agent -> agents.add(agent.asText()));
    User owner =
        json.has("owner")
            ? new User(json.path("owner").asText(), json.path("anonymous").asBoolean())
            : null;
    return new ConversationInfo(
        id,
        owner,
        json.path("topic").asText(),
        agents,
        Instant.ofEpochMilli(json.path("created_at").asLong()));
  }
}
