package io.agentstream.examples.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters that the demo model can play. */
enum Persona {
  OPTIMIST("optimist|乐观"),
  SKEPTIC("s[kc]eptic|critic|怀疑|批评"),
  MODERATOR("moderator|facilitator|主持|协调");

  private final Pattern names;

  Persona(String names) {
    this.names = Pattern.compile(names, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Returns the persona that a system prompt names first; if it names none, an arbitrary but
   * constant one.
   */
  static Persona of(String systemPrompt) {
    return Arrays.stream(values())
        .filter(persona -> persona.position(systemPrompt) < Integer.MAX_VALUE)
        .min(Comparator.comparingInt(persona -> persona.position(systemPrompt)))
        .orElse(values()[Math.floorMod(systemPrompt.hashCode(), values().length)]);
  }

  private int position(String prompt) {
    Matcher name = names.matcher(prompt);
    return name.find() ? name.start() : Integer.MAX_VALUE;
  }
}
