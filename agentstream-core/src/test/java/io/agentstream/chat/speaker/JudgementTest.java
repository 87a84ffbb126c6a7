package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

  private static final List<String> NAMES = List.of("Ann", "Cid");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SATISFIED: no\nLOOP: no\nPROGRESS: yes\nNEXT: Cid\nINSTRUCTION: Look it up.",
        "**SATISFIED:** no\n**LOOP:** no\n**PROGRESS:** yes\n**NEXT:** cid\n**INSTRUCTION:** Look it up.",
        "SATISFIED: \"no\"\nLOOP: \"no\"\nPROGRESS: \"yes\"\nNEXT: \"Cid\"\nINSTRUCTION: \"Look it up.\"",
        "\"SATISFIED\": \"no\",\n\"LOOP\": \"no\",\n\"PROGRESS\": \"yes\",\n\"NEXT\": \"Cid\",\n"
            + "\"INSTRUCTION\": \"Look it up.\"",
        "{\"satisfied\": false, \"loop\": false, \"progress\": true, \"next\": \"Cid\","
            + " \"instruction\": \"Look it up.\"}",
        "Here it is:\n```json\n{\n  \"SATISFIED\": \"no\",\n  \"LOOP\": \"no\",\n  \"PROGRESS\": \"yes\",\n"
            + "  \"NEXT\": \"Cid\",\n  \"INSTRUCTION\": \"Look it up.\"\n}\n```",
        "```json\n{\"is_request_satisfied\": {\"reason\": \"It is, \\\"no\\\", not.\", \"answer\": false},"
            + " \"is_in_loop\": {\"answer\": false, \"reason\": \"Ann {once}\"},"
            + " \"is_progress_being_made\": {\"reason\": \"\", \"answer\": true},"
            + " \"next_speaker\": {\"reason\": \"Ann has spoken\", \"answer\": \"Cid\"},"
            + " \"instruction_or_question\": {\"reason\": \"\", \"answer\": \"Look it up.\"}}\n```",
      })
  void lines_quotes_and_json_say_the_same(String answer) {
    assertThat(Judgement.read(answer, NAMES).value())
        .isEqualTo(new Judgement(false, false, "Cid", "Look it up."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SATISFIED: \"yes\"", "{\"satisfied\": true}", "{\"SATISFIED\": \"yes\"}"})
  void satisfied_is_enough(String answer) {
    Judgement read = Judgement.read(answer, NAMES).value();
    assertThat(read).isNotNull();
    assertThat(read.satisfied()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"next\": 1}", "{", "{\"satisfied\": ", "{\"a\": {\"answer\": 1}}"})
  void broken_json_is_asked_for_again(String answer) {
    assertThat(Judgement.read(answer, NAMES).value()).isNull();
  }
}
