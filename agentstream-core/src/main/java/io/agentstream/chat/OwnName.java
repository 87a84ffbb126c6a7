package io.agentstream.chat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes an agent's own name from the beginning of its answers. Models that see "Otto: …" before
 * each message of others often begin their own in the same way, plain or decorated, and would see
 * "Otto: Otto: …" next time. It waits until the beginning differs from the name, and then passes
 * everything on.
 */
final class OwnName {

  /** The text before and after the name. */
  private static final List<List<String>> DECORATIONS =
      List.of(
          List.of("", ""),
          List.of("*", "*"),
          List.of("**", "**"),
          List.of("***", "***"),
          List.of("_", "_"),
          List.of("__", "__"),
          List.of("`", "`"),
          List.of("\"", "\""),
          List.of("[", "]"),
          List.of("<", ">"),
          List.of("(", ")"),
          List.of("'", "'"),
          List.of("“", "”"),
          List.of("‘", "’"),
          List.of("«", "»"),
          List.of("（", "）"),
          List.of("『", "』"),
          List.of("「", "」"),
          List.of("【", "】"));

  /** Longer than any name with its decoration, so that endless white space does not accumulate. */
  private static final int LONGEST = 256;

  /** Everything that may come before the name: white space, a heading, or decoration. */
  private static final Pattern BEFORE =
      Pattern.compile("[\\s#*_`\"'\\[(<“‘«「『（【]*", Pattern.UNICODE_CHARACTER_CLASS);

  private final String name;
  private final String core;
  private @Nullable Pattern prefix;
  private final StringBuilder start = new StringBuilder();
  private boolean decided;
  private boolean stripped;

  OwnName(String name) {
    this.name = name;
    this.core = core(name);
  }

  private static String core(CharSequence text) {
    Matcher before = BEFORE.matcher(text);
    return before.lookingAt() ? text.subSequence(before.end(), text.length()).toString() : "";
  }

  private Pattern prefix() {
    Pattern known = prefix;
    if (known == null) {
      known = compiled();
      prefix = known;
    }
    return known;
  }

  private Pattern compiled() {
    String anyDecoration =
        DECORATIONS.stream()
            .map(pair -> decorated(pair.get(0), name, pair.get(1)))
            .collect(Collectors.joining("|"));
    return Pattern.compile(
        "\\s*(?:#{1,6}\\s+)?(?:" + anyDecoration + ")\\s*", Pattern.UNICODE_CHARACTER_CLASS);
  }

  /** Returns false for most answers, for which the expensive pattern is never compiled. */
  private boolean mayBegin() {
    String begun = core(start);
    return core.startsWith(begun) || begun.startsWith(core);
  }

  /** The colon may be outside or inside the decoration. */
  private static String decorated(String before, String name, String after) {
    String open = Pattern.quote(before) + Pattern.quote(name);
    String colon = "\\s*[:：]";
    String close = Pattern.quote(after);
    return after.isEmpty() ? open + colon : open + close + colon + "|" + open + colon + close;
  }

  /** Begins an answer, and drops undecided text of the last one. */
  void answerBegins() {
    start.setLength(0);
    decided = false;
    stripped = false;
  }

  /** Adds a piece of the answer and returns the text that is not the name, possibly empty. */
  String strip(String piece) {
    if (decided || piece.isEmpty()) {
      return piece;
    }
    start.append(piece);
    if (!mayBegin()) {
      return finish();
    }
    Matcher matcher = prefix().matcher(start);
    while (matcher.lookingAt()) {
      stripped = true;
      start.delete(0, matcher.end());
      matcher.reset(start);
    }
    // More text could still complete the name; a match at the end is not conclusive.
    @SuppressWarnings("JdkObsolete")
    boolean undecided = matcher.hitEnd();
    if (undecided && start.length() < LONGEST) {
      return "";
    }
    return finish();
  }

  /**
   * Returns the withheld text when the answer ends or does not begin with the name; possibly empty.
   */
  String finish() {
    decided = true;
    String kept = start.toString();
    start.setLength(0);
    return stripped ? kept.stripLeading() : kept;
  }
}
