package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.agentstream.upstream.LenientJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Assembles tool calls from pieces. A piece belongs to the call with its id; without an id, to the
 * call with its index; without an index, to the current call, unless the piece begins another one.
 */
final class ToolCalls {

  /**
   * The text that a piece has added.
   *
   * @param position which call it is, from 0 in the order they began
   * @param id the call's id; null if it has none so far
   * @param name the tool's name so far
   * @param arguments the text that was added; perhaps empty
   */
  record Piece(int position, @Nullable String id, String name, String arguments) {}

  private static final String EMPTY = "{}";

  /** A name as the templates of gpt-oss and Kimi write it: {@code functions.weather:0}. */
  private static final Pattern PREFIXED = Pattern.compile("\\Afunctions\\.([^.:]+)(?::\\d+)?\\z");

  private final List<Slot> slots = new ArrayList<>();
  private int chars;

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** Returns true if no piece had a name or arguments. */
  boolean areBlank() {
    return slots.stream().allMatch(Slot::isBlank);
  }

  /**
   * Takes a piece.
   *
   * @param position the index of a piece that names none; -1 if nothing is known
   */
  Piece take(JsonNode call, int position) {
    JsonNode function = call.path(call.path("custom").isObject() ? "custom" : "function");
    function = function.isObject() ? function : call;
    String id = call.path("id").asText("").strip();
    JsonNode named = call.path("function").isTextual() ? call.path("function") : call.path("name");
    String name = firstText(function.path("name"), named);
    JsonNode given = firstOf(function, "arguments", "parameters", "input");
    Slot slot = slot(id, index(call.path("index"), position), name, given);
    slot.name(name);
    if (slot.id.isEmpty()) {
      slot.id = id;
    }
    for (SentBack.CallField field : SentBack.CALL_FIELDS) {
      JsonNode extra = call.path(field.name());
      if (extra.isObject() && !extra.isEmpty()) {
        slot.extras.put(field, extra.toString());
      }
    }
    String added = slot.arguments(given);
    chars += added.length() + name.length() + id.length();
    if (chars > AnswerLimits.TOOL_CHARS) {
      throw AnswerLimits.passed("its tool arguments", AnswerLimits.TOOL_CHARS + " characters");
    }
    return new Piece(slots.indexOf(slot), id.isEmpty() ? null : id, slot.name, added);
  }

  /** Returns the calls, each with a name, an id of its own and arguments. */
  List<ToolExecutionRequest> requests(ToolCallIds ids) {
    Set<String> used = new HashSet<>();
    List<ToolExecutionRequest> requests = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot.isBlank()) {
        continue;
      }
      if (slot.id.isEmpty() || !used.add(slot.id)) {
        slot.id = ids.next();
        used.add(slot.id);
      }
      String name = slot.plainName();
      String arguments = slot.allArguments();
      requests.add(
          ToolExecutionRequest.builder()
              .id(slot.id)
              .name(name.isEmpty() ? "unnamed" : name)
              .arguments(arguments.isBlank() ? "{}" : arguments)
              .build());
    }
    return requests;
  }

  /** Returns the values of a field that came with the calls, by their ids in {@code requests}. */
  Map<String, Object> extras(SentBack.CallField field, List<ToolExecutionRequest> requests) {
    Map<String, Object> extras = new LinkedHashMap<>();
    slots.stream()
        .filter(slot -> slot.extras.containsKey(field))
        .filter(slot -> requests.stream().anyMatch(request -> slot.id.equals(request.id())))
        .forEach(slot -> extras.put(slot.id, slot.extras.get(field)));
    return extras;
  }

  private Slot slot(String id, int index, String name, @Nullable JsonNode given) {
    Slot known = id.isEmpty() ? null : last(slot -> slot.id.equals(id));
    boolean sameId = known != null && !name.isEmpty() && known.isElsewhere(index);
    if (known != null && !sameId) {
      return known;
    }
    Slot open = index < 0 ? last(slot -> true) : last(slot -> slot.index == index);
    if (open == null || open.isOtherThan(id, index, name, given)) {
      return opened(index);
    }
    return open;
  }

  private Slot opened(int index) {
    if (slots.size() >= AnswerLimits.TOOL_CALLS) {
      throw AnswerLimits.passed("its answer", AnswerLimits.TOOL_CALLS + " tool calls");
    }
    Slot slot = new Slot(index);
    slots.add(slot);
    return slot;
  }

  private @Nullable Slot last(Predicate<Slot> which) {
    for (int i = slots.size() - 1; i >= 0; i--) {
      if (which.test(slots.get(i))) {
        return slots.get(i);
      }
    }
    return null;
  }

  /** Returns the index, also from a text. */
  private static int index(JsonNode index, int otherwise) {
    return Math.max(-1, index.asInt(otherwise));
  }

  private static String firstText(JsonNode first, JsonNode otherwise) {
    String text = first.asText("").strip();
    return text.isEmpty() || first.isNull() ? otherwise.asText("").strip() : text;
  }

  private static @Nullable JsonNode firstOf(JsonNode function, String... names) {
    for (String name : names) {
      if (function.hasNonNull(name)) {
        return function.get(name);
      }
    }
    return null;
  }

  /** One call as it grows. */
  private static final class Slot {
    private final int index;
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";
    private final Map<SentBack.CallField, String> extras = new HashMap<>();
    // The last piece, if each piece has begun with the one before it.
    private String latest = "";

    Slot(int index) {
      this.index = index;
    }

    /** Returns true if a piece with this index belongs to another call, despite the same id. */
    boolean isElsewhere(int otherIndex) {
      return otherIndex >= 0 && index >= 0 && otherIndex != index;
    }

    boolean isBlank() {
      return name.isEmpty() && arguments.toString().isBlank();
    }

    /** Returns true if a piece that could belong to this call begins a new one. */
    boolean isOtherThan(
        String otherId, int otherIndex, String otherName, @Nullable JsonNode given) {
      if (otherName.isEmpty()) {
        return false;
      }
      boolean otherCall = !otherId.isEmpty() && !id.isEmpty();
      if (otherCall || (otherIndex < 0 && !otherId.isEmpty() && !name.isEmpty())) {
        return true;
      }
      boolean another = !name.isEmpty() && !otherName.equals(name) && !arguments.isEmpty();
      return another || (begins(given) && isWhole());
    }

    /** Returns the name without the marks of the model's template that some servers leave in it. */
    String plainName() {
      int mark = name.indexOf("<|");
      return PREFIXED.matcher(mark < 0 ? name : name.substring(0, mark)).replaceFirst("$1").strip();
    }

    /**
     * Returns the arguments, without an empty object that came before the real one. If every piece
     * held the arguments from their beginning, the last one holds them all.
     */
    String allArguments() {
      String all = arguments.toString();
      if (!latest.isEmpty() && !LenientJson.isWhole(all) && LenientJson.isWhole(latest)) {
        return latest;
      }
      boolean after = all.startsWith(EMPTY) && all.startsWith("{", EMPTY.length());
      return after ? all.substring(EMPTY.length()) : all;
    }

    private boolean isWhole() {
      return !arguments.isEmpty() && LenientJson.read(arguments.toString()) != null;
    }

    private boolean begins(@Nullable JsonNode given) {
      String text = given == null ? "" : textOf(given);
      return text.startsWith("{") && !text.equals(arguments.toString());
    }

    /** Takes a name, the same one again, more of it, or what follows. */
    void name(String more) {
      if (more.isEmpty() || more.equals(name)) {
        return;
      }
      boolean grown = name.isEmpty() || more.startsWith(name) || !arguments.isEmpty();
      name = grown ? more : name + more;
    }

    /** Takes arguments; returns what was added. */
    String arguments(@Nullable JsonNode given) {
      if (given == null) {
        return "";
      }
      String text = textOf(given);
      boolean again = text.length() > 1 && text.startsWith("{") && text.contentEquals(arguments);
      if (again) {
        return "";
      }
      boolean first = arguments.isEmpty();
      boolean fromBeginning = text.startsWith("{") && (first || !latest.isEmpty());
      latest = fromBeginning && text.startsWith(latest) ? text : "";
      arguments.append(text);
      return text;
    }

    private static String textOf(JsonNode given) {
      if (given.isArray() && given.path(0).hasNonNull("text")) {
        StringBuilder parts = new StringBuilder();
        given.forEach(part -> parts.append(part.path("text").asText("")));
        return parts.toString();
      }
      return given.isContainerNode() ? given.toString() : given.asText("");
    }
  }
}
