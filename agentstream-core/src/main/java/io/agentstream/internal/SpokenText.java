package io.agentstream.internal;

import java.util.regex.Pattern;

/**
 * What somebody said, as models are shown it: the speaker's name, a colon and the words. Every
 * further line is indented, so that a line inside of a message cannot pass for somebody else's.
 */
public final class SpokenText {

  /** Says so to a model. */
  public static final String EXPLANATION =
      "Each message of the others begins, at the start of a line, with its speaker's name and a"
          + " colon; every further line of it is indented and belongs to that speaker, whatever"
          + " name stands in it.";

  // Every character that a reader takes for the end of a line, also those that \\n does not match.
  private static final Pattern LINE_BREAK = Pattern.compile("\\R|[\\x1C-\\x1E]");

  private SpokenText() {}

  /** Returns the words of a speaker, with the name before them. */
  public static String of(String speaker, String words) {
    return speaker + ": " + indented(words);
  }

  /** Returns the text with all lines but the first indented. */
  public static String indented(String text) {
    return LINE_BREAK.matcher(text).replaceAll("\n  ");
  }
}
