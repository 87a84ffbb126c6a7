package io.agentstream.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What reasoning models think aloud inside their answers, in the spellings of their chat templates:
 * {@code <think>…</think>} and its like, {@code [THINK]…[/THINK]}, and the channels of gpt-oss.
 */
public final class Thoughts {

  private static final String WORD =
      "(?:[a-z]+:)?(?:think|thinking|thought|thoughts|reason|reasoning|reflection|analysis"
          + "|scratchpad)";

  private static final String OPENING =
      "<\\s*"
          + WORD
          + "(?:\\s[^<>]{0,200})?>"
          + "|\\[THINK]|◁think▷|<\\|begin_of_thought\\|>|<\\|START_THINKING\\|>"
          + "|<\\|?channel\\|?>\\s*(?:analysis|thought|commentary)\\b(?:[^<>]{0,200}<\\|message\\|>)?";

  // Without an opening one too: some templates put that into the prompt.
  private static final String CLOSING =
      "<\\s*/\\s*"
          + WORD
          + "\\s*>"
          + "|\\[/THINK]|◁/think▷|<\\|end_of_thought\\|>|<\\|END_THINKING\\|>|<channel\\|>"
          + "|<\\|channel\\|>\\s*final\\s*(?:<\\|message\\|>)?";

  private static final Pattern TAG =
      Pattern.compile("(" + OPENING + ")|(" + CLOSING + ")", Pattern.CASE_INSENSITIVE);

  /** What servers leave of gpt-oss's channels when they drop its special tokens. */
  private static final Pattern BARE_CHANNEL =
      Pattern.compile("\\A\\s*analysis.*?assistant\\s*final", Pattern.DOTALL);

  private static final Pattern SPECIAL_TOKEN =
      Pattern.compile("<\\|(?:start|end|return|message|channel)\\|>");

  private Thoughts() {}

  /**
   * Returns the text without the thoughts in it. Thoughts without a beginning reach from the start,
   * those without an end to the end of the text.
   */
  public static String without(String text) {
    if (text.indexOf('<') < 0 && text.indexOf('[') < 0 && text.indexOf('◁') < 0) {
      return text.startsWith("analysis") ? withoutBareChannel(text) : text;
    }
    Matcher tag = TAG.matcher(text);
    StringBuilder said = new StringBuilder();
    boolean thinking = false;
    boolean found = false;
    int from = 0;
    while (tag.find()) {
      found = true;
      boolean opens = tag.group(1) != null;
      if (opens && !thinking) {
        said.append(text, from, tag.start());
      } else if (!opens && !thinking) {
        said.setLength(0);
      }
      thinking = opens;
      from = tag.end();
    }
    if (!found) {
      return text;
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
