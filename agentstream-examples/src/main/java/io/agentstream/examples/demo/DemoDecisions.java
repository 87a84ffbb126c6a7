package io.agentstream.examples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.examples.demo.CompletionRequest.Message;
import io.agentstream.examples.demo.CompletionRequest.Tool;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The demo model's decisions, by simple rules: who speaks next, whether a plan is fulfilled, which
 * tool is called, to whom an agent hands over.
 */
final class DemoDecisions {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String HANDOFF = "transfer_to_";

  private static final Pattern CANDIDATES =
      Pattern.compile("select the next role from (.+?) to play", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMES = Pattern.compile("NEXT: who speaks next, one name of: (.+)");
  private static final Pattern SAID =
      Pattern.compile("said since the plan was made:\\n(.*?)\\n\\nAnswer with", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}");

  private DemoDecisions() {}

  /** Returns the answer to a question of a selector or a planner; null for any other prompt. */
  static @Nullable String judgement(CompletionRequest request) {
    String prompt = request.messages().get(0).content();
    Matcher candidates = CANDIDATES.matcher(prompt);
    if (candidates.find()) {
      return leastHeard(candidates.group(1).split(", "), prompt);
    }
    if (prompt.contains("Write a fact sheet")) {
      return "1. GIVEN OR VERIFIED FACTS: the request\n2. FACTS TO LOOK UP: what the notes say\n"
          + "3. FACTS TO DERIVE: what follows for the request\n4. EDUCATED GUESSES: none";
    }
    if (prompt.contains("Write a short plan") || prompt.contains("write a new short plan")) {
      return "- Look up what the notes say\n- Weigh it\n- Answer";
    }
    Matcher names = NAMES.matcher(prompt);
    return names.find() ? progress(names.group(1).split(", "), prompt) : null;
  }

  /** Takes the request for fulfilled once everybody has spoken. */
  private static String progress(String[] names, String prompt) {
    Matcher said = SAID.matcher(prompt);
    String history = said.find() ? said.group(1) : "";
    String next = leastHeard(names, history);
    boolean satisfied = timesHeard(next, history) > 0;
    return "SATISFIED: "
        + (satisfied ? "yes, everybody has spoken" : "no, " + next + " has not spoken")
        + "\nLOOP: no\nPROGRESS: yes\nNEXT: "
        + next
        + "\nINSTRUCTION: Take your part of the plan.";
  }

  private static String leastHeard(String[] names, String history) {
    return Arrays.stream(names)
        .map(name -> name.replaceAll("[.\\s]+$", "").strip())
        .min(Comparator.comparingInt(name -> timesHeard(name, history)))
        .orElse("");
  }

  private static int timesHeard(String name, String history) {
    return (int)
        Pattern.compile("^" + Pattern.quote(name) + ": ", Pattern.MULTILINE)
            .matcher(history)
            .results()
            .count();
  }

  /** Returns the tool call that follows the text; null for none. */
  static @Nullable ToolCall call(CompletionRequest request) {
    List<Tool> tools = request.tools();
    if (tools.isEmpty()) {
      return null;
    }
    List<Message> messages = request.messages();
    Message last = messages.get(messages.size() - 1);
    boolean first = messages.stream().noneMatch(message -> message.isBy("assistant"));
    for (Tool tool : tools) {
      if (!tool.name().startsWith(HANDOFF) && first) {
        return new ToolCall(tool.name(), arguments(tool, topic(request)));
      }
    }
    return last.isBy("tool") || !first ? null : handoff(request);
  }

  private static @Nullable ToolCall handoff(CompletionRequest request) {
    String prompt = systemPrompt(request).toLowerCase(Locale.ROOT);
    if (prompt.contains("ask the user")) {
      return request.tools().stream().anyMatch(tool -> tool.name().equals(ToolCall.TO_USER))
          ? new ToolCall(ToolCall.TO_USER, "{}")
          : null;
    }
    if (!prompt.contains("hand over")) {
      return null;
    }
    return request.tools().stream()
        .filter(tool -> !tool.name().equals(ToolCall.TO_USER))
        .max(Comparator.comparingInt(tool -> wordsOf(topic(request), tool)))
        .map(tool -> new ToolCall(tool.name(), "{}"))
        .orElse(null);
  }

  /** Counts the words of the topic that a tool's description has. */
  private static int wordsOf(String topic, Tool tool) {
    String description = tool.description().toLowerCase(Locale.ROOT);
    return (int)
        WORD.matcher(topic.toLowerCase(Locale.ROOT))
            .results()
            .filter(word -> description.contains(word.group()))
            .count();
  }

  private static String arguments(Tool tool, String topic) {
    ObjectNode arguments = JSON.createObjectNode();
    for (JsonNode name : tool.parameters().path("required")) {
      String key = name.asText();
      switch (tool.parameters().at("/properties/" + key + "/type").asText()) {
        case "number", "integer" -> arguments.put(key, 1);
        case "boolean" -> arguments.put(key, true);
        default -> arguments.put(key, topic);
      }
    }
    return arguments.toString();
  }

  private static String topic(CompletionRequest request) {
    return Talk.of(request.messages()).topic();
  }

  static String systemPrompt(CompletionRequest request) {
    return request.messages().stream()
        .filter(message -> message.isBy("system"))
        .map(Message::content)
        .reduce("", (one, other) -> one.isEmpty() ? other : one + "\n" + other);
  }
}
