package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thoughts leave the text, wherever the tokens are cut; a text about such marks stays whole. */
class ThoughtFilterTest {

  static Stream<Arguments> thoughts() {
    return Stream.of(
        of("<think>SECRET plan</think>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<thinking>SECRET plan</thinking>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<THINK>SECRET plan</Think>Tea it is.", "Tea it is.", "SECRET plan"),
        of("\n\n<think>\nSECRET plan\n</think>\n\nTea it is.", "Tea it is.", "SECRET plan\n"),
        of("<think>\n\n</think>\n\nTea it is.", "Tea it is.", ""),
        of("<thought>SECRET plan</thought>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<reasoning>SECRET plan</reasoning>Tea it is.", "Tea it is.", "SECRET plan"),
        of("[THINK]SECRET plan[/THINK]Tea it is.", "Tea it is.", "SECRET plan"),
        of("◁think▷SECRET plan◁/think▷Tea it is.", "Tea it is.", "SECRET plan"),
        of("<seed:think>SECRET plan</seed:think>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<|START_THINKING|>SECRET plan<|END_THINKING|>Tea it is.", "Tea it is.", "SECRET plan"),
        of(
            "<|channel|>analysis<|message|>SECRET plan<|end|><|start|>assistant<|channel|>final<|message|>Tea it is.<|return|>",
            "Tea it is.",
            "SECRET plan"),
        of("<mm:think>SECRET plan</mm:think>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<unused94>thought\nSECRET plan<unused95>Tea it is.", "Tea it is.", "SECRET plan"),
        of(
            "<|START_THINKING|>SECRET plan<|END_THINKING|><|START_RESPONSE|>Tea it is.<|END_RESPONSE|>",
            "Tea it is.",
            "SECRET plan"),
        of(
            "<think>a < b, </thin and <b>c</b></think>Tea it is.",
            "Tea it is.",
            "a < b, </thin and <b>c</b>"),
        of(
            "<|channel|>analysis<|message|>SECRET plan<|channel|>final<|message|>Tea it is.",
            "Tea it is.",
            "SECRET plan"),
        of(
            "<|start|>assistant<|channel|>analysis<|message|>SECRET plan<|end|><|start|>assistant<|channel|>final<|message|>Tea it is.",
            "Tea it is.",
            "SECRET plan"),
        of("analysisSECRET plan.assistantfinalTea it is.", "Tea it is.", "SECRET plan."),
        of("\nanalysisA plan\nassistantfinal\nTea it is.", "Tea it is.", "A plan\n"),
        of("analysis我们assistantfinalTea it is.", "Tea it is.", "我们"),
        of("<think effort=\"high\">SECRET plan</think>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<reason>SECRET plan</reason>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<think>one</think><think>two</think>Tea it is.", "Tea it is.", "onetwo"),
        of("Sure!\n<think>SECRET plan</think>\nTea it is.", "Sure!\n\nTea it is.", "SECRET plan"),
        of("<think>never closed", "", "never closed"),
        of("<think/>Tea it is.", "Tea it is.", ""),
        of("<think />\n\nTea it is.", "Tea it is.", ""),
        of("\n<THINK effort=\"none\" />Tea it is.", "Tea it is.", ""),
        of("<think/><think>SECRET plan</think>Tea it is.", "Tea it is.", "SECRET plan"),
        of("<think>SECRET plan</think >Tea it is.", "Tea it is.", "SECRET plan"),
        of("<think>SECRET <think>plan</think> B</think>Tea.", "Tea.", "SECRET <think>planB"),
        of(
            "<think>a<think>b<think>c</think>d</think>\ne</think>\n\nTea it is.",
            "Tea it is.",
            "a<think>b<think>cde"),
        of("<think>Use <think> tags.</think>Tea it is.", "Tea it is.", "Use <think> tags."),
        of("<think>``` code</think>Tea it is.", "Tea it is.", "``` code"));
  }

  @ParameterizedTest
  @MethodSource("thoughts")
  void leave_the_text_in_pieces_of_any_size(String answer, String text, String thinking) {
    for (int size = 1; size <= answer.length(); size++) {
      Recorder recorder = filtered(answer, size);
      assertThat(recorder.text.toString()).as("text, pieces of %d", size).isEqualTo(text);
      assertThat(recorder.thinking.toString()).as("pieces of %d", size).isEqualTo(thinking);
    }
    assertThat(ThoughtFilter.strip(answer)).isEqualTo(text);
  }

  static Stream<Arguments> unopened() {
    return Stream.of(
        of("SECRET plan</think>Tea it is.", "Tea it is.", "SECRET plan"),
        of("SECRET plan\n</think>\n\nTea it is.", "Tea it is.", "SECRET plan\n"),
        of("SECRET plan </think> Tea it is.", "Tea it is.", "SECRET plan "),
        of("SECRET plan</thinking>\nTea it is.", "Tea it is.", "SECRET plan"),
        of("秘密计划</think>喝茶。", "喝茶。", "秘密计划"),
        of("SECRET plan[/THINK]Tea it is.", "Tea it is.", "SECRET plan"),
        of("analysis SECRET plan assistantfinalTea.", "Tea.", "analysis SECRET plan "),
        of("analysis\nSECRET plan\nassistantfinal\nTea.", "Tea.", "analysis\nSECRET plan\n"),
        of("</think>Tea it is.", "Tea it is.", ""));
  }

  @ParameterizedTest
  @MethodSource("unopened")
  void an_end_without_a_beginning_makes_what_came_before_a_thought(
      String answer, String text, String thinking) {
    for (int size = 1; size <= answer.length(); size++) {
      Recorder recorder = filtered(answer, size);
      assertThat(recorder.text.toString()).as("text, pieces of %d", size).isEqualTo(text);
      assertThat(recorder.thinking.toString()).as("pieces of %d", size).isEqualTo(thinking);
    }
    assertThat(ThoughtFilter.strip(answer)).isEqualTo(text);
  }

  static Stream<String> texts() {
    return Stream.of(
        "Tea it is.",
        "  Tea, with white space.\n",
        "",
        " ",
        "Write `<think>` before it and `</think>` after it.",
        "Use the <think> tag and the </think> tag.",
        "End it with </think>, then go on.",
        "```xml\n<think>plan</think>\n```\nThat is how.",
        "~ a < b and c > d, [x], <b>bold</b> ~",
        "The mark \"</think>\" ends it.",
        "List:\n- <thinking> begins\n- more",
        "a [THINK] b",
        "Sure!\n<think>never closed in the text",
        "<thin ice",
        "analysis of tea, and an assistant, finally",
        "analysis",
        "analysisTea without an end",
        "Analysis: tea",
        "an answer about assistantfinal",
        "a",
        "<think about it",
        "<thinker>Otto",
        "<|START_RESPONSE|>Otto",
        "<unused9>Otto",
        "<");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void a_text_stays_whole(String text) {
    for (int size = 1; size <= Math.max(1, text.length()); size++) {
      assertThat(filtered(text, size).text.toString()).as("pieces of %d", size).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "analysis", "analyses", "Tea", "an"})
  void no_first_token_is_held_back(String token) {
    Recorder recorder = new Recorder();
    new ThoughtFilter(recorder).take(token);
    assertThat(recorder.text.toString()).isEqualTo(token);
  }

  @Test
  void a_plain_token_passes_as_the_very_object() {
    Recorder recorder = new Recorder();
    ThoughtFilter filter = new ThoughtFilter(recorder);
    filter.take("Tea");
    String token = " it is";
    filter.take(token);
    assertThat(recorder.last).isSameAs(token);
  }

  private static Recorder filtered(String answer, int size) {
    Recorder recorder = new Recorder();
    ThoughtFilter filter = new ThoughtFilter(recorder);
    for (int start = 0; start < answer.length(); start += size) {
      filter.take(answer.substring(start, Math.min(answer.length(), start + size)));
    }
    filter.end();
    return recorder;
  }

  private static Arguments of(String answer, String text, String thinking) {
    return Arguments.of(answer, text, thinking);
  }

  private static final class Recorder implements ThoughtFilter.Output {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private String last = "";

    @Override
    public void text(String piece) {
      text.append(piece);
      last = piece;
    }

    @Override
    public void thinking(String piece) {
      thinking.append(piece);
    }

    @Override
    public void textTakenBack(boolean isThinking) {
      if (isThinking) {
        thinking.append(text);
      }
      text.setLength(0);
    }
  }
}
