package io.agentstream.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team file as the configuration, or named by it. */
class TeamSourceTest {

  private static final String TEAMS =
      """
      version: 1
      agents: [{name: Ann}]
      teams: [{name: Solo, participants: [Ann]}]
      """;

  @TempDir private Path folder;

  private ServerConfig read(String name, String text) throws ConfigException, IOException {
    return ConfigFile.read(Files.writeString(folder.resolve(name), text));
  }

  @Test
  void yaml_and_json_with_a_version_are_team_files() throws Exception {
    TeamSource yaml = Objects.requireNonNull(read("a.yaml", TEAMS).teams());
    assertThat(yaml.file().teams().get(0).name()).isEqualTo("Solo");
    assertThat(read("a.yml", TEAMS).teams()).isNotNull();
    String json = yaml.file().toJson();
    assertThat(Objects.requireNonNull(read("a.json", json).teams()).file()).isEqualTo(yaml.file());
  }

  @Test
  void the_settings_of_before_are_read_as_before_and_may_name_a_team_file() throws Exception {
    assertThat(read("b.json", "{\"limits\": {\"max_agents\": 3}}").teams()).isNull();
    Files.writeString(folder.resolve("teams.yaml"), TEAMS);
    ServerConfig config =
        read("c.json", "{\"team_file\": \"teams.yaml\", \"limits\": {\"max_agents\": 3}}");
    assertThat(config.limits().maxAgents()).isEqualTo(3);
    assertThat(Objects.requireNonNull(config.teams()).path())
        .isEqualTo(folder.resolve("teams.yaml"));
  }

  @Test
  void a_mistake_is_named_with_its_file_once() {
    assertThatThrownBy(() -> read("d.yaml", TEAMS.replace("[Ann]", "[Anne]")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            folder.resolve("d.yaml")
                + ": line 3: teams[0].participants[0]: there is no agent or team 'Anne'; did you"
                + " mean 'Ann'? (known: Ann, Solo)");
    assertThatThrownBy(
            () ->
                read(
                    "e.json",
                    "{\"team_file\": \"t.yaml\", \"agents\": [{\"name\": \"A\", \"description\": \"d\", \"system_prompt\": \"p\"}]}"))
        .hasMessageContaining("team_file: contradicts agents");
    assertThatThrownBy(() -> read("f.json", "{\"team_file\": \"none.yaml\"}"))
        .hasMessageContaining("none.yaml: there is no such file");
  }
}
