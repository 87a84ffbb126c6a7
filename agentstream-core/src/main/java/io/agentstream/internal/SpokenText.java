package io.agentstream.internal;

import java.util.regex.Pattern;

/**
 * A message in the form that models see: the speaker's name, a colon and the text. Every further
 * line is indented, so that a line inside a message cannot pass as another speaker's message.
 */
public final class SpokenText {

  /** The explanation of this form for a model. */
  public static final String EXPLANATION =
      "Each message of the others begins, at the start of a line, with its speaker's name and a"
          + " colon; every further line of it is indented and belongs to that speaker, whatever"
          + " name stands in it.";

  // All characters that a reader takes for a line break, including those that \\n does not match.
  private static final Pattern LINE_BREAK = Pattern.compile("\\R|[\\x1C-\\x1E]");

  private SpokenText() {}

  /** Returns a speaker's text with the name before it. */
  public static String of(String speaker, String words) {
    return speaker + ": " + indented(words);
  }

  /** Returns the text with all lines but the first indented. */
  public static String indented(String text) {
    return LINE_BREAK.matcher(text).replaceAll("\n  ");
  }
}
