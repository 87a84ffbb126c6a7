package io.agentstream.examples.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lines of one persona in one language, read from {@code demo/LANGUAGE.json}. In the texts,
 * {@code {topic}} and {@code {previous}} stand for the topic and the previous speaker.
 *
 * @param opening the first sentence if nobody has spoken yet
 * @param bridges sentences that refer to the previous speaker
 * @param question lines for a question: the variants of each round
 * @param plan lines for a plan, likewise
 * @param trip lines for a journey, likewise
 */
record Lines(
    List<String> opening,
    List<String> bridges,
    List<List<String>> question,
    List<List<String>> plan,
    List<List<String>> trip) {

  private static final Map<Language, Map<String, Lines>> ALL =
      Arrays.stream(Language.values()).collect(Collectors.toMap(Function.identity(), Lines::read));

  static Lines of(Language language, Persona persona) {
    Map<String, Lines> said = Objects.requireNonNull(ALL.get(language));
    return Objects.requireNonNull(said.get(persona.name().toLowerCase(Locale.ROOT)));
  }

  private static Map<String, Lines> read(Language language) {
    String file = "/demo/" + language.code() + ".json";
    try (InputStream in = Objects.requireNonNull(Lines.class.getResourceAsStream(file), file)) {
      return new JsonMapper().readValue(in, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<List<String>> on(TopicKind kind) {
    return switch (kind) {
      case QUESTION -> question;
      case PLAN -> plan;
      case TRIP -> trip;
    };
  }
}
