package io.agentstream.chat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes an agent's own name off the beginning of its answers. Models that read "Otto: …" before
 * each message of the others begin their own the same way, plain or decorated, and would find
 * "Otto: Otto: …" next time. Waits until the beginning can be told from a name, and then lets all
 * pass.
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
          List.of("“", "”"),
          List.of("「", "」"),
          List.of("【", "】"));

  /** Longer than any name with its decoration: white space without end must not pile up here. */
  private static final int LONGEST = 256;

  private final Pattern prefix;
  private final StringBuilder start = new StringBuilder();
  private boolean decided;
  private boolean stripped;

  OwnName(String name) {
    String anyDecoration =
        DECORATIONS.stream()
            .map(pair -> decorated(pair.get(0), name, pair.get(1)))
            .collect(Collectors.joining("|"));
    this.prefix =
        Pattern.compile(
            "\\s*(?:#{1,6}\\s+)?(?:" + anyDecoration + ")\\s*", Pattern.UNICODE_CHARACTER_CLASS);
  }

  /** The colon may stand outside of the decoration, or inside. */
  private static String decorated(String before, String name, String after) {
    String open = Pattern.quote(before) + Pattern.quote(name);
    String colon = "\\s*[:：]";
    String close = Pattern.quote(after);
    return after.isEmpty() ? open + colon : open + close + colon + "|" + open + colon + close;
  }

  /** An answer begins; what the last one left undecided is dropped. */
  void answerBegins() {
    start.setLength(0);
    decided = false;
    stripped = false;
  }

  /** Takes in a piece of the answer and returns what of it is no name; perhaps nothing. */
  String strip(String piece) {
    if (decided || piece.isEmpty()) {
      return piece;
    }
    start.append(piece);
    Matcher matcher = prefix.matcher(start);
    while (matcher.lookingAt()) {
      stripped = true;
      start.delete(0, matcher.end());
      matcher.reset(start);
    }
    // More text could still make it a name; the end of a match does not tell.
    @SuppressWarnings("JdkObsolete")
    boolean undecided = matcher.hitEnd();
    if (undecided && start.length() < LONGEST) {
      return "";
    }
    return finish();
  }

  /** The answer ends, or its beginning is no name: returns what was kept back; perhaps nothing. */
  String finish() {
    decided = true;
    String kept = start.toString();
    start.setLength(0);
    return stripped ? kept.stripLeading() : kept;
  }
}
