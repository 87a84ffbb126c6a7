package io.agentstream.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The marks that models put around thoughts in their text. */
final class ThoughtTags {

  /** What a text begins with. */
  enum Match {
    NONE,
    /** Perhaps a mark, once more of it has come. */
    PART,
    WHOLE
  }

  /**
   * How a family of models marks its thoughts.
   *
   * @param open begins a thought
   * @param closes ends it, each of them
   * @param unopened whether an end may come without its beginning, which the prompt held then
   */
  record Kind(String open, List<String> closes, boolean unopened) {}

  private static final List<String> NAMES =
      List.of(
          "think",
          "thinking",
          "thought",
          "thoughts",
          "reasoning",
          "reflection",
          "scratchpad",
          "seed:think",
          "thinking_process",
          "antthinking",
          "analysis");

  private static final List<String> FINALS =
      List.of(
          "<|end|><|start|>assistant<|channel|>final<|message|>",
          "<|start|>assistant<|channel|>final<|message|>",
          "<|channel|>final<|message|>");

  static final List<Kind> KINDS = kinds();

  /** What is left of gpt-oss's marks outside of a thought. */
  static final List<String> LEFTOVERS =
      List.of(
          "<|start|>assistant<|channel|>final<|message|>",
          "<|channel|>final<|message|>",
          "<|return|>");

  private ThoughtTags() {}

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (String name : NAMES) {
      kinds.add(new Kind("<" + name + ">", List.of("</" + name + ">"), true));
    }
    kinds.add(new Kind("[think]", List.of("[/think]"), true));
    kinds.add(new Kind("◁think▷", List.of("◁/think▷"), true));
    kinds.add(new Kind("<|begin_of_thought|>", List.of("<|end_of_thought|>"), true));
    kinds.add(new Kind("<|start_thinking|>", List.of("<|end_thinking|>"), true));
    kinds.add(new Kind("<|channel>thought", List.of("<channel|>"), false));
    for (String channel : List.of("analysis", "commentary")) {
      kinds.add(new Kind("<|channel|>" + channel + "<|message|>", FINALS, false));
      kinds.add(new Kind("<|start|>assistant<|channel|>" + channel + "<|message|>", FINALS, false));
    }
    return List.copyOf(kinds);
  }

  /** Whether a mark may begin with this character. */
  static boolean mayBegin(char c) {
    return c == '<' || c == '[' || c == '◁';
  }

  /** Says whether {@code text} begins with {@code mark}, in small or capital letters. */
  static Match match(CharSequence text, String mark) {
    int length = Math.min(text.length(), mark.length());
    for (int i = 0; i < length; i++) {
      if (Character.toLowerCase(text.charAt(i)) != mark.charAt(i)) {
        return Match.NONE;
      }
    }
    return length == mark.length() ? Match.WHOLE : Match.PART;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
