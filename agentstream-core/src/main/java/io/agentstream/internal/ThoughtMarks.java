package io.agentstream.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The marks that models put around thoughts in their text. This is the only list of them: {@link
 * Thoughts} builds its patterns from it too.
 */
public final class ThoughtMarks {

  /** The result of {@link #match} and {@link Kind#opens} for a text without the mark. */
  public static final int NONE = 0;

  /** Their result if more text is needed to decide. */
  public static final int PART = -1;

  /**
   * How a family of models marks its thoughts.
   *
   * @param open begins a thought
   * @param closes ends it, each of them
   * @param isTag whether the beginning is a tag, which may hold attributes
   * @param unopened whether an end may come without its beginning, which the prompt held then
   */
  public record Kind(String open, List<String> closes, boolean isTag, boolean unopened) {

    /**
     * Returns how long the beginning of a thought is that {@code text} begins with. A tag without
     * content, such as {@code <think/>}, counts as one.
     */
    public int opens(CharSequence text) {
      int exact = match(text, open);
      return exact == NONE && isTag ? withAttributes(text) : exact;
    }

    private int withAttributes(CharSequence text) {
      int name = open.length() - 1;
      int begun = match(text, open.substring(0, name));
      if (begun <= 0) {
        return begun;
      }
      if (name == text.length()) {
        return PART;
      }
      if (text.charAt(name) == '/') {
        int end = match(text, name, "/>");
        return end > 0 ? name + end : end;
      }
      if (!Character.isWhitespace(text.charAt(name))) {
        return NONE;
      }
      int most = name + MOST_ATTRIBUTES;
      for (int i = name; i < Math.min(text.length(), most); i++) {
        if (text.charAt(i) == '>') {
          return i + 1;
        }
        if (text.charAt(i) == '<' || text.charAt(i) == '\n') {
          return NONE;
        }
      }
      return text.length() < most ? PART : NONE;
    }
  }

  static final int MOST_ATTRIBUTES = 200;

  private static final int MOST_BLANKS = 8;

  /** The names of tags, such as {@code <think>}. */
  static final List<String> NAMES =
      List.of(
          "think",
          "thinking",
          "thought",
          "thoughts",
          "reason",
          "reasoning",
          "reflection",
          "scratchpad",
          "seed:think",
          "mm:think",
          "thinking_process",
          "antthinking",
          "analysis");

  /** Beginnings and ends that are no tags. */
  static final List<List<String>> PAIRS =
      List.of(
          List.of("[think]", "[/think]"),
          List.of("◁think▷", "◁/think▷"),
          List.of("<|begin_of_thought|>", "<|end_of_thought|>"),
          List.of("<|start_thinking|>", "<|end_thinking|>"));

  /** The channels of gpt-oss that are no answer. */
  static final List<String> CHANNELS = List.of("analysis", "commentary");

  /** The beginning of the answer after a thought of gpt-oss whose special tokens were dropped. */
  public static final String BARE_FINAL = "assistantfinal";

  private static final String FINAL = "<|channel|>final<|message|>";
  private static final String STARTED_FINAL = "<|start|>assistant" + FINAL;
  private static final String END = "<|end|>";

  private static final List<String> FINALS = List.of(END + STARTED_FINAL, STARTED_FINAL, FINAL);

  /**
   * A thought of gpt-oss whose special tokens were dropped: {@code analysisThey ask for
   * tea.assistantfinalTea it is.}
   */
  public static final Kind BARE_CHANNEL = new Kind("analysis", List.of(BARE_FINAL), false, false);

  /** All kinds but {@link #BARE_CHANNEL}. */
  public static final List<Kind> KINDS = kinds();

  /** The rest of gpt-oss's and Cohere's marks outside of a thought. */
  public static final List<String> LEFTOVERS =
      List.of(STARTED_FINAL, FINAL, "<|return|>", END, "<|start_response|>", "<|end_response|>");

  private ThoughtMarks() {}

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (String name : NAMES) {
      kinds.add(new Kind("<" + name + ">", List.of("</" + name + ">"), true, true));
    }
    for (List<String> pair : PAIRS) {
      kinds.add(new Kind(pair.get(0), List.of(pair.get(1)), false, true));
    }
    kinds.add(new Kind("<|channel>thought", List.of("<channel|>"), false, false));
    kinds.add(new Kind("<unused94>thought", List.of("<unused95>"), false, false));
    for (String channel : CHANNELS) {
      String open = "<|channel|>" + channel + "<|message|>";
      kinds.add(new Kind(open, FINALS, false, false));
      kinds.add(new Kind("<|start|>assistant" + open, FINALS, false, false));
    }
    return List.copyOf(kinds);
  }

  /** Returns whether a mark may begin with this character. */
  public static boolean mayBegin(char c) {
    return c == '<' || c == '[' || c == '◁';
  }

  /**
   * Returns the length of {@code mark} if {@code text} begins with it, in small or capital letters;
   * {@link #PART} if it may once more text has come.
   */
  public static int match(CharSequence text, String mark) {
    return match(text, 0, mark);
  }

  /**
   * Returns the same for what stands in {@code text} from an index on. As in HTML, white space may
   * stand before the {@code >} of an end tag.
   */
  public static int match(CharSequence text, int from, String mark) {
    int at = from;
    for (int i = 0; i < mark.length(); i++) {
      if (mark.charAt(i) == '>' && mark.charAt(1) == '/') {
        at = afterBlanks(text, at);
      }
      if (at == text.length()) {
        return PART;
      }
      if (Character.toLowerCase(text.charAt(at)) != mark.charAt(i)) {
        return NONE;
      }
      at++;
    }
    return at - from;
  }

  private static int afterBlanks(CharSequence text, int from) {
    int at = from;
    while (at < text.length()
        && at - from < MOST_BLANKS
        && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
