package io.agentstream.examples.demo;

import java.util.regex.Pattern;

/** The languages of the demo model. */
enum Language {
  ENGLISH("en", " "),
  CHINESE("zh", "");

  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
  private static final Pattern KANA = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}]");

  /** A boundary between Chinese and Latin letters. */
  private static final Pattern SEAM =
      Pattern.compile("(?<=\\p{IsHan})(?=[\\p{IsLatin}\\d])|(?<=[\\p{IsLatin}\\d])(?=\\p{IsHan})");

  private final String code;
  private final String gap;

  Language(String code, String gap) {
    this.code = code;
    this.gap = gap;
  }

  /** Returns Chinese for a Chinese topic, else English. */
  static Language of(String topic) {
    return HAN.matcher(topic).find() && !KANA.matcher(topic).find() ? CHINESE : ENGLISH;
  }

  String code() {
    return code;
  }

  /** Inserts a name into a sentence, with a space between Chinese and Latin letters. */
  String withName(String sentence, String name) {
    return SEAM.matcher(sentence.replace("{previous}", name)).replaceAll(" ");
  }

  /** Returns the separator between two sentences. */
  String gap() {
    return gap;
  }
}
