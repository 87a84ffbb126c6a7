package io.agentstream.internal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Removes a reasoning model's thoughts from a whole answer that the chat evaluates, for example to
 * find the name of the next speaker. {@link ThoughtMarks} lists the marks around thoughts. Unlike
 * in a streamed answer, which people read, a mark counts at any position.
 */
public final class Thoughts {

  private static final String NAME = "(?:[a-z]+:)?(?:" + anyOf(ThoughtMarks.NAMES) + ")";

  private static final String ATTRIBUTES = "(?:\\s[^<>]{0," + ThoughtMarks.MOST_ATTRIBUTES + "})?";

  private static final String OPENING =
      "<\\s*"
          + NAME
          + ATTRIBUTES
          + ">|"
          + anyOf(ThoughtMarks.PAIRS.stream().map(pair -> pair.get(0)).toList())
          + "|<\\|?channel\\|?>\\s*(?:thought|"
          + anyOf(ThoughtMarks.CHANNELS)
          + ")\\b(?:[^<>]{0,200}<\\|message\\|>)?|<unused94>thought\\b";

  // An opening mark is optional, because some templates put it into the prompt.
  private static final String CLOSING =
      "<\\s*/\\s*"
          + NAME
          + "\\s*>|"
          + anyOf(ThoughtMarks.PAIRS.stream().map(pair -> pair.get(1)).toList())
          + "|<unused95>|<channel\\|>|<\\|channel\\|>\\s*final\\s*(?:<\\|message\\|>)?";

  private static final String WITHOUT_CONTENT =
      "<\\s*" + NAME + "(?:\\s[^<>]{0," + ThoughtMarks.MOST_ATTRIBUTES + "})?/>";

  private static final Pattern TAG =
      Pattern.compile(
          "(?<empty>" + WITHOUT_CONTENT + ")|(?<open>" + OPENING + ")|(?:" + CLOSING + ")",
          Pattern.CASE_INSENSITIVE);

  /** Matches what is left of gpt-oss's channels if a server drops the special tokens. */
  private static final Pattern BARE_CHANNEL =
      Pattern.compile("\\A\\s*analysis.*?assistant\\s*final", Pattern.DOTALL);

  private static final Pattern SPECIAL_TOKEN =
      Pattern.compile(
          "<\\|(?:start|end|return|message|channel|start_response|end_response)\\|>",
          Pattern.CASE_INSENSITIVE);

  private Thoughts() {}

  private static String anyOf(List<String> texts) {
    return texts.stream().map(Pattern::quote).collect(Collectors.joining("|"));
  }

  /**
   * Returns the text without thoughts. If only the closing mark is there, everything before it is a
   * thought; if only the opening mark is there, everything after it is.
   */
  public static String without(String text) {
    if (text.indexOf('<') < 0 && text.indexOf('[') < 0 && text.indexOf('◁') < 0) {
      return text.stripLeading().startsWith("analysis") ? withoutBareChannel(text) : text;
    }
    Matcher tag = TAG.matcher(text);
    StringBuilder said = new StringBuilder();
    boolean thinking = false;
    boolean found = false;
    int from = 0;
    while (tag.find()) {
      found = true;
      boolean empty = tag.group("empty") != null;
      boolean opens = tag.group("open") != null;
      if ((opens || empty) && !thinking) {
        said.append(text, from, tag.start());
      } else if (!opens && !thinking) {
        said.setLength(0);
      }
      thinking = empty ? thinking : opens;
      from = tag.end();
    }
    if (!found) {
      return withoutBareChannel(text);
    }
    if (!thinking) {
      said.append(text, from, text.length());
    }
    return SPECIAL_TOKEN.matcher(said).replaceAll("").strip();
  }

  private static String withoutBareChannel(String text) {
    return BARE_CHANNEL.matcher(text).replaceFirst("");
  }
}
