package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.event.InputRequested;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.ToolResult;
import io.agentstream.test.ScriptedCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Agents of a team file have the settings of the file, and a file that lacks something is refused.
 */
class BuiltAgentsTest extends BuiltFixture {

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
        .hasMessageContaining("there is no such extension (known: long_enough)");
    assertThatThrownBy(
            () ->
                open(
                    """
                    version: 1
                    tools: {w: {custom: weather, allow: [snow]}}
                    models: {m: {}}
                    agents: [{name: Ann, tools: w}]
                    """))
        .hasMessageContaining("tools.w.allow: there is no such tool (known: sun, rain)");
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
