package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.Termination;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.ToolResult;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Teams of a file run as core runs them. */
class BuiltTeamsTest {

  private static final String AGENTS =
      """
      version: 1
      models: {m: {}}
      agents:
        - {name: Ann, description: Asks}
        - {name: Ben}
        - {name: Cid}
      teams:
        - name: T
      """;

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final RecordedEvents events = new RecordedEvents();

  private final TeamExtensions extensions =
      TeamExtensions.builder()
          .selection(
              "last_letter",
              (settings, orElse) ->
                  SpeakerSelector.function(
                          context ->
                              context.turns() == 0
                                  ? Optional.of(String.valueOf(settings.get("first")))
                                  : Optional.empty())
                      .orElse(orElse == null ? SpeakerSelector.roundRobin() : orElse))
          .condition(
              "long_enough",
              settings ->
                  run ->
                      run.messages().size() > (int) settings.get("messages")
                          ? Optional.of(Termination.terminated("Long enough."))
                          : Optional.empty())
          .tools(
              "weather",
              settings ->
                  List.of(tool("sun", String.valueOf(settings.get("place"))), tool("rain", "wet")))
          .build();

  private static TeamTool tool(String name, String result) {
    return new TeamTool(
        ToolSpecification.builder().name(name).description(name).build(), (call, id) -> result);
  }

  private Teams open(String text) throws TeamFileException {
    return Teams.open(
        TeamFile.parse(text, "team.yaml"),
        TeamSetup.builder()
            .model("m", model)
            .extensions(extensions)
            .environment(Map.of())
            .clock(clock)
            .executor(Runnable::run)
            .build());
  }

  private GroupChat team(String rest) throws TeamFileException {
    return open(AGENTS + rest.strip().indent(4)).chat("T");
  }

  private List<String> speakers() {
    return events.of(NewMessage.class).stream()
        .filter(message -> message.role() == NewMessage.Role.ASSISTANT)
        .map(NewMessage::sender)
        .toList();
  }

  private void all(String... answers) {
    for (String answer : answers) {
      model.then(call -> call.tokens(answer).complete());
    }
  }

  private String reason() {
    return events.only(ConversationEnded.class).reason().name().toLowerCase(java.util.Locale.ROOT);
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "everything                | user: Tea or coffee | 3",
        "{last: 2}                 | (Earlier messages are left out.) | 1",
        "{head: 1, tail: 1}        | note: Messages left out here: 4. | 1",
        "{tokens: 6}               | note: Messages left out here: 4. | 1",
        "{summary: {keep_last: 1}} | summary of what was said before: Well. | 1",
      })
  void each_window_shows_the_model_its_part(String window, String part, int answers)
      throws Exception {
    String text =
        """
        version: 1
        models: {m: {}}
        agents:
          - {name: Ann, introduced: false, context: %s}
          - {name: Ben}
        teams:
          - {name: T, participants: [Ben, Ann], max_rounds: 3}
        """
            .formatted(window.strip());
    model.always(call -> call.tokens("Well.").complete());
    open(text).chat("T").start("Tea or coffee, and why?", events);
    List<ScriptedCall> calls = model.calls();
    String last = calls.get(calls.size() - 1).messages().toString();
    assertThat(last).contains(part.strip());
    assertThat(last.split("Ben: Well", -1)).hasSize(answers + 1);
  }

  @Test
  void an_agent_has_every_setting_of_the_file() throws Exception {
    String text =
        """
        version: 1
        models: {m: {}, n: {}}
        tools:
          sky: {custom: weather, settings: {place: Rome}, allow: [sun], approval: [sun]}
        agents:
          - name: Ann
            system_prompt: You ask.
            model: m
            fallback: m
            tools: sky
            temperature: 0.5
            max_tokens: 40
            retries: {count: 0}
            thinking: hidden
        teams:
          - {name: T, participants: [Ann], max_rounds: 1}
        """;
    open(text).chat("T").start("Tea?", events);
    ScriptedCall call = model.next();
    assertThat(call.request().temperature()).isEqualTo(0.5);
    assertThat(call.request().maxOutputTokens()).isEqualTo(40);
    assertThat(call.messages().toString()).contains("You ask.");
    assertThat(call.request().toolSpecifications())
        .extracting(ToolSpecification::name)
        .containsExactly("sun");
    call.thinking("Hm.").toolCall("sun", "{}").complete();
    assertThat(events.of(StreamingThinking.class)).isEmpty();
    assertThat(events.of(ToolResult.class)).isEmpty();
    assertThat(events.of(InputRequested.class)).hasSize(1);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"end | 1", "{skip: 2} | 2", "skip | 3"})
  void a_failed_turn_is_followed_as_the_file_says(String policy, int failures) throws Exception {
    String text =
        """
        version: 1
        models: {m: {}}
        agents: [{name: Ann, retries: 0}, {name: Ben, retries: 0}]
        teams:
          - {name: T, participants: [Ann, Ben], max_rounds: 9, on_failure: %s}
        """
            .formatted(policy.strip());
    model.always(call -> call.fail(new IllegalStateException("no")));
    open(text).chat("T").start("Tea?", events);
    assertThat(reason()).isEqualTo("failed");
    assertThat(model.calls()).hasSize(failures);
  }

  @Test
  void an_extension_that_is_missing_is_named_with_those_that_are_there() {
    assertThatThrownBy(() -> team("participants: [Ann]\nend_when: {custom: nigth}"))
        .isInstanceOf(TeamFileException.class)
        .hasMessageContaining("there is no extension 'nigth' (known: long_enough)");
    assertThatThrownBy(
            () ->
                open(
                    """
                    version: 1
                    tools: {w: {custom: weather, allow: [snow]}}
                    models: {m: {}}
                    agents: [{name: Ann, tools: w}]
                    """))
        .hasMessageContaining("tools.w.allow: there is no snow (known: sun, rain)");
  }

  @Test
  void a_key_comes_from_the_environment_and_its_absence_is_named() throws Exception {
    TeamFile file =
        TeamFile.parse(
            """
            version: 1
            models: {far: {base_url: "http://127.0.0.1:1/v1", api_key_env: FAR_KEY}}
            agents: [{name: Ann}]
            """,
            "team.yaml");
    assertThatThrownBy(() -> Teams.open(file, TeamSetup.builder().environment(Map.of()).build()))
        .hasMessageContaining(
            "models.far: api_key_env: the environment variable FAR_KEY is not set");
    TeamSetup setup = TeamSetup.builder().environment(Map.of("FAR_KEY", "CANARY-17")).build();
    Teams teams = Teams.open(file, setup);
    assertThat(teams.agents()).hasSize(1);
    assertThat(teams.file() + teams.file().toYaml() + teams.agents()).doesNotContain("CANARY");
  }
}
