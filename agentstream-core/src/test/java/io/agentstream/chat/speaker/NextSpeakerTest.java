package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextSpeakerTest {

  private final NextSpeaker next =
      new NextSpeaker(new NameFinder(List.of("Mia", "Otto", "Ann Lee", "李华")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Otto",
        "otto",
        "OTTO",
        "_Otto_",
        "**Otto**",
        "\"Otto\"",
        "Otto.",
        "Ｏｔｔｏ",
        "Mia has spoken, so next: Otto",
        "Mia has spoken, so next: **otto**.",
        "Next speaker: Otto. Mia may go after that.",
        "The next speaker should be Otto. Mia has spoken.",
        "Mia asked a question.\nNEXT: Otto",
        "next_speaker = Otto",
        "{\"next_speaker\": \"Otto\"}",
        "{\"next_speaker\": \"otto\", \"reason\": \"Mia has spoken.\"}",
        "```json\n{\"reason\": \"Mia has spoken.\", \"next_speaker\": \"Otto\"}\n```",
        "{\"next_speaker\": {\"reason\": \"Mia has spoken.\", \"answer\": \"Otto\"}}",
        "Mia has spoken. Ann Lee has nothing to add.\n\n**Otto**",
        "李华已经发言，下一位：Otto",
        "First I thought: next: Mia. But no.\nnext: Otto",
        "Mia has spoken, so Otto should speak next.",
        "Mia has spoken; otto is next, I think.",
        "Mia is done. It is Otto's turn.",
        "I would pick Otto. Mia has spoken.",
        "Mia has spoken, so I choose Otto.",
        "Mia has spoken. The next speaker will be Otto.",
        "<next_speaker>Otto</next_speaker><reason>Mia has spoken.</reason>",
        "{\"reason\": \"Mia has spoken.\", \"nextSpeaker\": \"Otto\"}",
        "Mia goes next? No. Next: Otto",
      })
  void what_says_who_is_next_comes_before_mere_mentions(String answer) {
    assertThat(next.in(answer)).containsExactly("Otto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mia or Otto", "next: Mia or Otto", "Mia\nOtto"})
  void an_answer_that_leaves_it_open_names_all(String answer) {
    assertThat(next.in(answer)).containsExactlyInAnyOrder("Mia", "Otto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "next: nobody", "{\"next_speaker\": \"Ottoline\"}", "{"})
  void an_answer_that_names_nobody_names_nobody(String answer) {
    assertThat(next.in(answer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"下一位：李华", "请李华发言", "ANN LEE", "next: ann lee"})
  void names_of_any_script_and_of_several_words_count(String answer) {
    assertThat(next.in(answer)).hasSize(1);
  }
}
