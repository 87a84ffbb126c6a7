package io.agentstream.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionRequest.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoScriptTest {

  private static final String OPTIMIST = "You are Mia, an optimist.";
  private static final String SKEPTIC = "You are Otto, a skeptic.";

  private final DemoScript script = new DemoScript();

  @Test
  void the_first_speaker_takes_up_the_topic_and_nobody() {
    String said = said(OPTIMIST, user("user: Will tea replace coffee?"));
    assertThat(said).contains("“Will tea replace coffee?”").doesNotContain("{", "user");
  }

  @Test
  void a_later_speaker_takes_up_the_previous_one_by_name() {
    String said = said(SKEPTIC, user("user: Tea?\n\nMia: I like it: all of it.\n\nMore, please."));
    assertThat(said).contains("Mia").doesNotContain("{");
  }

  @Test
  void the_one_who_spoke_last_is_the_previous_one() {
    Message prompt = user("user: Tea?");
    assertThat(said(OPTIMIST, prompt, assistant("Yes."), user("Otto: No.\n\nLin: Why?")))
        .contains("Lin")
        .doesNotContain("Otto");
  }

  @Test
  void a_latin_name_stands_apart_in_a_chinese_sentence() {
    assertThat(Language.CHINESE.withName("顺着{previous}的思路", "Mia")).isEqualTo("顺着 Mia 的思路");
    assertThat(Language.CHINESE.withName("谢谢{previous}，", "安娜")).isEqualTo("谢谢安娜，");
  }

  @ParameterizedTest
  @CsvSource({"小团队该不该用微服务？,true", "计划一个成都周末,true", "Plan a weekend in Chengdu,false"})
  void the_answer_is_in_the_language_of_the_topic(String topic, boolean chinese) {
    String said = said(OPTIMIST, user("user: " + topic)).replace(topic, "");
    assertThat(said.codePoints().anyMatch(Character::isIdeographic)).isEqualTo(chinese);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Is remote work better?",
        "How to launch a product",
        "A trip to Kyoto",
        "远程办公更好吗？"
      })
  void each_character_says_something_else_in_each_round(String topic) {
    Set<String> said = new HashSet<>();
    for (String persona : List.of(OPTIMIST, SKEPTIC, "You are Lin, the moderator.")) {
      List<Message> prompt = new ArrayList<>(List.of(user("user: " + topic + "\n\nAnn: Well.")));
      for (int round = 1; round <= 3; round++) {
        String answer = said(persona, prompt.toArray(new Message[0]));
        said.add(answer);
        prompt.add(assistant(answer));
        prompt.add(user("Ann: Well."));
      }
    }
    assertThat(said).hasSize(9).allSatisfy(text -> assertThat(text).doesNotContain("{", "}"));
  }

  @Test
  void it_does_not_run_dry_in_a_long_talk() {
    List<Message> prompt = new ArrayList<>(List.of(user("user: A trip to Kyoto")));
    for (int round = 1; round <= 50; round++) {
      String answer = said(OPTIMIST, prompt.toArray(new Message[0]));
      assertThat(answer).hasSizeGreaterThan(100);
      prompt.add(assistant(answer));
      prompt.add(user("Ann: Well."));
    }
  }

  @Test
  void an_unknown_character_speaks_too_and_always_the_same() {
    String once = said("You are a pirate.", user("user: Tea?"));
    assertThat(once).isEqualTo(said("You are a pirate.", user("user: Tea?"))).isNotBlank();
  }

  @Test
  void a_prompt_that_is_not_agentstreams_is_answered_too() {
    assertThat(said(OPTIMIST, user("hello"))).contains("“hello”");
    assertThat(said(OPTIMIST)).isNotBlank();
  }

  @Test
  void a_long_topic_is_quoted_in_part() {
    String topic = "很长".repeat(100);
    assertThat(said(OPTIMIST, user("user: " + topic))).contains("…”").doesNotContain(topic);
  }

  @Test
  void it_speaks_at_reading_speed_with_a_moment_of_thought() {
    List<TimedToken> tokens = answer(OPTIMIST, user("user: Is remote work better?"));
    assertThat(tokens).hasSizeGreaterThan(50);
    assertThat(tokens.get(0).afterMillis()).isEqualTo(350);
    assertThat(tokens.subList(1, tokens.size()))
        .allSatisfy(token -> assertThat(token.afterMillis()).isBetween(25, 40));
    assertThat(tokens).isEqualTo(answer(OPTIMIST, user("user: Is remote work better?")));
  }

  @ParameterizedTest
  @CsvSource({
    "Should we plan a weekend?,QUESTION",
    "Plan a weekend in Chengdu,TRIP",
    "How to write a book,PLAN",
    "Tea,QUESTION",
    "计划一个成都周末,TRIP",
    "怎么学英语,PLAN",
    "远程办公更好吗？,QUESTION"
  })
  void topics_are_told_apart(String topic, TopicKind kind) {
    assertThat(TopicKind.of(topic)).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello, internationalisation!",
        "你好，世界。OK?",
        "a\n\nb  c",
        "👍🏽 fine",
        "€1,000.50"
      })
  void pieces_join_to_the_text(String text) {
    assertThat(String.join("", Tokens.pieces(text))).isEqualTo(text);
  }

  private String said(String systemPrompt, Message... messages) {
    return answer(systemPrompt, messages).stream().map(TimedToken::text).reduce("", String::concat);
  }

  private List<TimedToken> answer(String systemPrompt, Message... messages) {
    List<Message> prompt = new ArrayList<>(List.of(new Message("system", systemPrompt)));
    prompt.addAll(List.of(messages));
    return script.answer(new CompletionRequest("demo", prompt, true, null));
  }

  private static Message user(String content) {
    return new Message("user", content);
  }

  private static Message assistant(String content) {
    return new Message("assistant", content);
  }
}
