package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Agents.Card;
import io.agentstream.wire.Agents.Team;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The teams and agents of a hub as models. If an agent has a team's name, the team has it. */
final class ModelNames {

  /**
   * A team or an agent.
   *
   * @param team true for a team
   * @param speakers the names of those who may speak; for a team, without nested teams' agents
   */
  record Model(boolean team, List<String> speakers, String description) {}

  private final Map<String, Model> models = new LinkedHashMap<>();

  ModelNames(Agents catalogue) {
    if (catalogue.teams() != null) {
      for (Team team : catalogue.teams()) {
        String description = team.description() == null ? "" : team.description();
        models.put(team.name(), new Model(true, team.agents(), description));
      }
    }
    for (Card agent : catalogue.agents()) {
      models.putIfAbsent(
          agent.name(), new Model(false, List.of(agent.name()), agent.description()));
    }
  }

  @Nullable Model find(String name) {
    return models.get(name);
  }

  /**
   * Returns the list of models as JSON.
   *
   * @param created a time for all of them, in seconds since 1970
   */
  String list(long created) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("object", "list");
    ArrayNode data = list.putArray("data");
    models.keySet().forEach(name -> data.add(object(name, created)));
    return list.toString();
  }

  /** Returns one model as JSON; null if there is none of this name. */
  @Nullable String one(String name, long created) {
    return models.containsKey(name) ? object(name, created).toString() : null;
  }

  private ObjectNode object(String name, long created) {
    Model model = models.get(name);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("id", name);
    object.put("object", "model");
    object.put("created", created);
    object.put("owned_by", "agentstream");
    if (model != null && !model.description().isEmpty()) {
      object.put("description", model.description());
    }
    return object;
  }
}
