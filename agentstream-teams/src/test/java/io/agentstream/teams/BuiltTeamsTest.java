package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Teams of a file run as core runs them. */
class BuiltTeamsTest extends BuiltFixture {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "round_robin                                            | a b c a b c | Ann Ben Cid Ann Ben Cid",
        "{kind: random, seed: 4}                                | a b         | *",
        "{kind: parallel, summariser: Ann, instruction: Sum up} | a b c d e f | Ben Cid Ann Ben Cid Ann",
        "parallel                                               | a b c d e f | Ann Ben Cid Ann Ben Cid",
        "{kind: model, allow_repeats: true}                     | Ben b Ben b | Ben Ben",
        "{kind: model, prompt: 'Of {participants}', attempts: 1} | ? b ? a   | Ann Ben",
        "{kind: custom, name: last_letter, settings: {first: Cid}, or_else: round_robin} | a b c d | Cid Ann Ben Cid",
      })
  void each_speaker_selection_picks_as_in_core(String selection, String answers, String expected)
      throws Exception {
    all(answers.trim().split(" +"));
    GroupChat chat =
        team(
            "participants: [Ann, Ben, Cid]\nmax_rounds: 2\nspeaker_selection: "
                + selection.strip());
    chat.start("Tea?", events);
    if (expected.strip().equals("*")) {
      assertThat(speakers()).hasSize(2);
    } else {
      assertThat(String.join(" ", speakers())).startsWith(expected.strip().substring(0, 7));
    }
  }

  @Test
  void a_manual_team_asks_a_person_and_goes_on_without_an_answer() throws Exception {
    GroupChat chat =
        team(
            """
            participants: [Ann, Ben]
            speaker_selection: manual
            max_rounds: 1
            input: {timeout_seconds: 7, on_timeout: go_on}
            """);
    all("Hello.");
    chat.start("Tea?", events);
    assertThat(events.of(InputRequested.class)).hasSize(1);
    clock.advance(Duration.ofSeconds(7));
    assertThat(speakers()).containsExactly("Ann");
  }

  @Test
  void a_person_of_the_file_is_asked_on_the_seats_turn_and_skipped_without_an_answer()
      throws Exception {
    GroupChat chat =
        open("""
                version: 1
                models: {m: {}}
                agents: [{name: Ann}]
                people: [{name: Kim, prompt: And you?, timeout_seconds: 7}]
                teams: [{name: T, participants: [Kim, Ann], max_rounds: 2}]
                """)
            .chat("T");
    all("Hello.", "Bye.");
    Conversation conversation = chat.start("Tea?", events);
    InputRequested asked = events.only(InputRequested.class);
    assertThat(asked.person()).isEqualTo("Kim");
    assertThat(asked.prompt()).isEqualTo("And you?");
    conversation.input(asked.requestId(), "Green.").join();
    clock.advance(Duration.ofSeconds(7));

    assertThat(events.of(NewMessage.class))
        .extracting(NewMessage::sender)
        .containsExactly("user", "Kim", "Ann", "Ann");
    assertThat(reason()).isEqualTo("max_rounds");
  }

  @Test
  void a_person_who_must_answer_ends_the_run_without_an_answer() throws Exception {
    open("""
            version: 1
            models: {m: {}}
            agents: [{name: Ann}]
            people: [{name: Kim, timeout_seconds: 7, on_timeout: end}]
            teams: [{name: T, participants: [Kim, Ann]}]
            """)
        .chat("T")
        .start("Tea?", events);
    clock.advance(Duration.ofSeconds(7));
    assertThat(reason()).isEqualTo("timeout");
  }

  @Test
  void agents_hand_over_and_to_the_user() throws Exception {
    GroupChat chat =
        team(
            """
            participants: [Ann, Ben]
            speaker_selection: {kind: handoff, to_user: true}
            """);
    model.then(call -> call.toolCall("transfer_to_ben", "{}").complete());
    model.then(call -> call.toolCall("transfer_to_user", "{}").complete());
    chat.start("Tea?", events);
    assertThat(events.only(InputRequested.class).agentName()).isEqualTo("Ben");
  }

  @Test
  void a_planner_plans_directs_and_lets_a_participant_answer() throws Exception {
    GroupChat chat =
        team(
            """
            participants: [Ann, Ben]
            speaker_selection: {kind: planner, max_stalls: 1, final_answer_by: Ben, final_answer_prompt: "Say {task}"}
            """);
    chat.start("Tea?", events);
    assertThat(model.calls()).hasSize(1);
    assertThat(chat.speakerSelection()).isEqualTo("planner");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{text: DONE}                                         | 2 | terminated",
        "{text: DONE, from: [Ann]}                            | 3 | terminated",
        "{text: Tea, including_topic: true}                   | 0 | terminated",
        "{stop_word: DONE}                                    | 2 | terminated",
        "{messages: 2}                                        | 1 | terminated",
        "{rounds: 1}                                          | 3 | max_rounds",
        "{tokens: 25}                                         | 3 | budget",
        "{cost: 0.00003, input_price: 1, output_price: 0}     | 3 | budget",
        "{said_by: Ben}                                       | 2 | terminated",
        "{said_by: [Ben, Cid]}                                | 2 | terminated",
        "{custom: long_enough, settings: {messages: 2}}       | 2 | terminated",
        "{any: [{messages: 9}, {text: DONE}]}                 | 2 | terminated",
        "{all: [{messages: 2}, {said_by: Cid}]}               | 3 | terminated",
        "{any: [{all: [{said_by: Ann}, {said_by: Ben}]}]}     | 2 | terminated",
      })
  void each_condition_ends_the_run_as_in_core(String condition, int turns, String reason)
      throws Exception {
    model.then(call -> call.tokens("Hm.").complete());
    model.then(call -> call.tokens("DONE").complete());
    model.then(call -> call.tokens("DONE").complete());
    GroupChat chat = team("participants: [Ann, Ben, Cid]\nend_when: " + condition.strip());
    if (condition.contains("from: [Ann]")) {
      model.then(call -> call.tokens("DONE").complete());
    }
    chat.start("Tea or coffee?", events);
    assertThat(reason()).isEqualTo(reason);
    assertThat(speakers()).hasSize(condition.contains("from: [Ann]") ? 4 : turns);
  }

  @Test
  void a_time_cuts_the_speaker() throws Exception {
    team("participants: [Ann]\nend_when: {seconds: 2.5}").start("Tea?", events);
    model.next().tokens("I ");
    clock.advance(Duration.ofMillis(2_500));
    assertThat(reason()).isEqualTo("timeout");
  }

  @Test
  void a_condition_waits_for_the_program() throws Exception {
    Teams teams = open(AGENTS + "    participants: [Ann]\n    end_when: {external: closing}\n");
    teams.chat("T").start("Tea?", events);
    teams.external("closing").set();
    model.next().tokens("Yes.").complete();
    assertThat(reason()).isEqualTo("terminated");
    assertThatThrownBy(() -> teams.external("opening")).hasMessageContaining("'opening'");
  }

  @Test
  void a_handoff_and_a_tool_call_end_a_run() throws Exception {
    model.then(call -> call.toolCall("transfer_to_ben", "{}").complete());
    team("""
            participants: [Ann, Ben]
            speaker_selection: handoff
            end_when: {any: [{handoff_to: Ben}, {tool_called: sun}]}
            """)
        .start("Tea?", events);
    assertThat(reason()).isEqualTo("terminated");
  }

  @Test
  void a_team_is_a_participant_of_another() throws Exception {
    String text =
        """
        version: 1
        models: {m: {}}
        agents: [{name: Ann}, {name: Ben}, {name: Cid}]
        teams:
          - {name: Outer, participants: [Inner, Cid], max_rounds: 1}
          - {name: Inner, description: Two, participants: [Ann, Ben], max_rounds: 1}
        """;
    model.always(call -> call.tokens("Well.").complete());
    open(text).chat("Outer").start("Tea?", events);
    assertThat(speakers()).containsExactly("Ann", "Ben", "Cid");
  }
}
