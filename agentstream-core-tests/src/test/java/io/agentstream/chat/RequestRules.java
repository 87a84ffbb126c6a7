package io.agentstream.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules of the strictest model servers for a request, all together. */
final class RequestRules {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of("model", "messages", "stream", "stream_options", "temperature", "max_tokens", "tools");

  private final List<String> problems = new ArrayList<>();

  /** Returns what is wrong with a request; empty if nothing is. */
  static List<String> problems(String body) {
    RequestRules rules = new RequestRules();
    try {
      rules.check(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      rules.problems.add("no JSON");
    }
    return rules.problems;
  }

  private void check(JsonNode request) {
    request
        .fieldNames()
        .forEachRemaining(name -> require(FIELDS.contains(name), "unknown parameter " + name));
    JsonNode messages = request.path("messages");
    String before = "";
    Set<String> open = new LinkedHashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = message.path("role").asText();
      require(order(before, role, i), i + ": " + role + " after " + before);
      if (!role.equals("tool")) {
        require(open.isEmpty(), i + ": calls without a result: " + open);
        open.clear();
      }
      content(message, role, i);
      calls(message, open, i);
      if (role.equals("tool")) {
        require(open.remove(message.path("tool_call_id").asText()), i + ": result without a call");
      }
      before = role;
    }
    require(open.isEmpty(), "calls without a result: " + open);
    require(!before.equals("assistant"), "the last message is the assistant's");
  }

  private static boolean order(String before, String role, int index) {
    return switch (role) {
      case "system" -> index == 0;
      case "user" -> before.isEmpty() || before.equals("system") || before.equals("assistant");
      case "assistant" -> before.equals("user") || before.equals("tool");
      case "tool" -> before.equals("assistant") || before.equals("tool");
      default -> false;
    };
  }

  private void content(JsonNode message, String role, int index) {
    boolean calls = message.path("tool_calls").size() > 0;
    boolean blank = message.path("content").asText("").isBlank();
    require(!blank || (calls && !message.has("content")), index + ": a blank message of " + role);
  }

  private void calls(JsonNode message, Set<String> open, int index) {
    for (JsonNode call : message.path("tool_calls")) {
      require(open.add(call.path("id").asText()), index + ": an id twice");
      String name = call.at("/function/name").asText();
      require(name.matches("[a-zA-Z0-9_-]{1,64}"), index + ": a name that no tool can have");
      try {
        JsonNode arguments = JSON.readTree(call.at("/function/arguments").asText());
        require(arguments.isObject(), index + ": arguments are no object");
      } catch (JsonProcessingException e) {
        problems.add(index + ": arguments are no JSON");
      }
    }
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
