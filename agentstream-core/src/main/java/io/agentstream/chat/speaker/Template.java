package io.agentstream.chat.speaker;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders in braces, such as {@code {history}}. Placeholders inside inserted texts
 * are not replaced.
 */
final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private Template() {}

  /** Replaces placeholders that have a value, and leaves all other braces unchanged. */
  static String fill(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }
}
