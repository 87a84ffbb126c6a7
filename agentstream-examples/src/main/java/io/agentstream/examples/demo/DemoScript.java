package io.agentstream.examples.demo;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays the agents of a group chat without any model: in character, in the topic's language, at
 * reading speed. It refers to the topic and to the previous speaker by name, and varies its text in
 * each round. The same conversation always gets the same texts.
 */
public final class DemoScript implements Script {

  private static final int LONGEST_QUOTE = 60;

  private static final String QUESTION =
      "Before I answer: since when has it been like that, and what have you tried so far?";

  private static final Pattern SIGNAL = Pattern.compile("\\b[Ss]ay ([A-Z]{4,})\\b");

  @Override
  public List<TimedToken> answer(CompletionRequest request) {
    String judgement = DemoDecisions.judgement(request);
    if (judgement != null) {
      return Tokens.atReadingSpeed(judgement);
    }
    ToolCall call = call(request);
    if (call != null) {
      return call.asksUser() ? Tokens.atReadingSpeed(QUESTION) : List.of();
    }
    String prompt = DemoDecisions.systemPrompt(request);
    Talk talk = Talk.of(request.messages());
    return Tokens.atReadingSpeed(compose(Persona.of(prompt), talk) + signal(prompt, talk));
  }

  @Override
  public @Nullable ToolCall call(CompletionRequest request) {
    return DemoDecisions.call(request);
  }

  /** From the second round on, says the word that a prompt asks for: "Say APPROVED when …". */
  private static String signal(String prompt, Talk talk) {
    Matcher word = SIGNAL.matcher(prompt);
    return talk.round() > 1 && word.find() ? "\n\n" + word.group(1) : "";
  }

  private static String compose(Persona persona, Talk talk) {
    Language language = Language.of(talk.topic());
    Lines said = Lines.of(language, persona);
    return (beginning(language, said, talk) + language.gap() + body(said, talk))
        .strip()
        .replace("{topic}", "“" + shortened(talk.topic()) + "”");
  }

  private static String beginning(Language language, Lines said, Talk talk) {
    if (talk.previous() == null) {
      return talk.round() == 1 ? pick(said.opening(), seed(talk)) : "";
    }
    return language.withName(pick(said.bridges(), seed(talk) + talk.round()), talk.previous());
  }

  private static String body(Lines said, Talk talk) {
    List<List<String>> rounds = said.on(TopicKind.of(talk.topic()));
    return pick(rounds.get(roundIndex(talk.round(), rounds.size())), seed(talk));
  }

  /** After the last round it continues with the second, because the first introduces the topic. */
  private static int roundIndex(int round, int size) {
    return round <= size ? round - 1 : 1 + (round - 1 - size) % (size - 1);
  }

  private static String pick(List<String> variants, int seed) {
    return variants.isEmpty() ? "" : variants.get(Math.floorMod(seed, variants.size()));
  }

  private static int seed(Talk talk) {
    return talk.topic().hashCode();
  }

  private static String shortened(String topic) {
    String line = topic.replaceAll("\\s+", " ");
    if (line.codePointCount(0, line.length()) <= LONGEST_QUOTE) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)).stripTrailing() + "…";
  }
}
