package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file becomes records, and records become the same file. */
class TeamFileTest {

  @TempDir private Path folder;

  static String review() throws IOException {
    try (var in = TeamFileTest.class.getResourceAsStream("/review.yaml")) {
      return new String(
          Objects.requireNonNull(in).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void every_key_of_the_first_example_is_read() throws Exception {
    TeamFile file = TeamFile.parse(review(), "review.yaml");
    assertThat(file.models().keySet()).containsExactly("fast", "local");
    assertThat(file.models().get("local").parameters()).containsEntry("top_p", 0.9);
    assertThat(file.models().get("local").apiKeyEnv()).isEqualTo("LOCAL_KEY");
    ToolSpec files = file.tools().get("files");
    assertThat(files.mcp().command()).hasSize(3);
    assertThat(files.approval().tools()).containsExactly("add");
    assertThat(file.tools().get("search").approval().when()).isEqualTo(ToolSpec.When.ALWAYS);
    assertThat(file.tools().get("search").mcp().headers().get("Authorization").env())
        .isEqualTo("SEARCH_AUTH");
    AgentSpec writer = file.agents().get(0);
    assertThat(writer.retries()).isEqualTo(new AgentSpec.Retries(2, null, null, null));
    assertThat(writer.context()).isEqualTo(new ContextSpec.Last(20));
    assertThat(file.agents().get(1).temperature()).isZero();
    TeamSpec team = file.teams().get(0);
    assertThat(team.speakerSelection()).isEqualTo(new SelectionSpec.RoundRobin());
    assertThat(team.onFailure()).isEqualTo(new TeamSpec.Skip(null));
    assertThat(team.endWhen())
        .isEqualTo(
            new EndSpec.Any(
                List.of(
                    new EndSpec.Text("APPROVED", List.of("Critic"), null),
                    new EndSpec.Tokens(50_000L),
                    new EndSpec.All(
                        List.of(
                            new EndSpec.Messages(20), new EndSpec.SaidBy(List.of("Critic")))))));
  }

  @Test
  void a_written_file_reads_back_the_same_as_yaml_and_as_json() throws Exception {
    TeamFile file = TeamFile.parse(review(), "review.yaml");
    for (String name : List.of("a.yaml", "a.json")) {
      Path path = folder.resolve(name);
      file.write(path);
      assertThat(TeamFile.read(path)).isEqualTo(file);
    }
    assertThat(Files.readString(folder.resolve("a.json"))).startsWith("{");
  }

  /** The library reads a file in parts of about 1,000 characters; an emoji may lie across two. */
  @Test
  void an_emoji_is_read_wherever_it_stands() throws Exception {
    for (int before = 0; before < 2_100; before++) {
      String emojis = "x".repeat(before) + "\uD83D\uDE00\uD83D\uDE00";
      String yaml = "version: 1\nagents:\n- {name: Ann, system_prompt: \"" + emojis + "\"}\n";
      assertThat(TeamFile.parse(yaml, "a.yaml").agents().get(0).systemPrompt()).isEqualTo(emojis);
    }
  }

  @Test
  void json_with_tabs_and_escapes_is_read_as_json() throws Exception {
    String json =
        "{\n\t\"version\": 1,\n\t\"agents\": [\n\t\t{\"name\": \"\\u4f5c\\u5bb6\","
            + " \"description\": \"a\\/b \\ud83d\\ude00 \\\"x\\\"\"}\n\t]\n}\n";
    AgentSpec agent = TeamFile.parse(json, "a.json").agents().get(0);
    assertThat(agent.name()).isEqualTo("作家");
    assertThat(agent.description()).isEqualTo("a/b 😀 \"x\"");
  }

  @Test
  void an_anchor_may_stand_for_what_several_agents_share() throws Exception {
    TeamFile file =
        TeamFile.parse(
            """
            version: 1
            agents:
              - {name: Ann, context: &few {last: 4}}
              - {name: Ben, context: *few}
            """,
            "a.yaml");
    assertThat(file.agents().get(1).context()).isEqualTo(file.agents().get(0).context());
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    Path path = folder.resolve("none.yaml");
    assertThatThrownBy(() -> TeamFile.read(path))
        .isInstanceOf(TeamFileException.class)
        .hasMessage(path + ": there is no such file");
  }

  @Test
  void a_file_that_is_no_text_is_named() throws Exception {
    Path path = folder.resolve("bytes.yaml");
    Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> TeamFile.read(path))
        .isInstanceOf(TeamFileException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void a_file_that_a_program_made_is_checked_like_one_that_is_read() {
    TeamFile file =
        new TeamFile(null, 1, java.util.Map.of(), java.util.Map.of(), List.of(), List.of());
    assertThatThrownBy(file::check)
        .isInstanceOf(TeamFileException.class)
        .hasMessageContaining("names no agent");
  }

  @Test
  void all_mistakes_are_reported_with_their_lines() {
    assertThatThrownBy(
            () ->
                TeamFile.parse(
                    """
                    version: 1
                    agents:
                      - name: Ann
                        temperatur: 1
                      - name: Ben
                        retries: many
                    """,
                    "a.yaml"))
        .isInstanceOfSatisfying(
            TeamFileException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "line 4: agents[0].temperatur: unknown key; did you mean 'temperature'?"
                            + " known here: name, description, system_prompt, model, fallback,"
                            + " tools, max_tool_rounds, temperature, max_tokens, retries, timeouts,"
                            + " context, thinking, thoughts_in_text, introduced, colour,"
                            + " missing_finish_reason",
                        "line 6: agents[1].retries: must be a whole number, and is a text"));
  }
}
