package io.agentstream.chat.speaker;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places in braces, as {@code {history}}. What is filled in is never looked into. */
final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private Template() {}

  /** Fills in what there is a value for, and leaves all other braces as they are. */
  static String fill(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }
}
