package io.agentstream.teams;

import io.agentstream.internal.TextFile;
import io.agentstream.internal.TextFile.UnreadableFileException;
import io.agentstream.teams.internal.Documents;
import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Problem;
import io.agentstream.teams.internal.Report;
import io.agentstream.teams.internal.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file with models, tools, agents, people and teams, as YAML or JSON. Immutable. {@link
 * Teams#open} builds agents and group chats from it.
 *
 * @param schema the URL of the JSON Schema, for editors; null for none
 * @param version the version of the format: 1
 * @param models the models by name; empty for the default one alone
 * @param tools the tools by name
 * @param agents the agents, in speaking order
 * @param people people with a seat in teams
 * @param teams the teams
 */
public record TeamFile(
    @Field(value = "The URL of this schema, for editors.", key = "$schema") @Nullable String schema,
    @Field(value = "The version of the format.", least = 1, most = 1) Integer version,
    @Field(value = "The models by name.", text = Texts.ID) Map<String, ModelSpec> models,
    @Field(value = "The tools by name.", text = Texts.ID) Map<String, ToolSpec> tools,
    @Field("The agents.") List<AgentSpec> agents,
    @Field("People with a seat: a team asks them for a text when it is their turn.")
        List<PersonSpec> people,
    @Field("The teams.") List<TeamSpec> teams) {

  /** The URL that identifies the JSON Schema. */
  public static final String SCHEMA_ID = "https://agentstream.io/schema/teams-1.json";

  private static final int MOST_BYTES = 4_000_000;

  /** Creates a file without people. */
  public TeamFile(
      @Nullable String schema,
      Integer version,
      Map<String, ModelSpec> models,
      Map<String, ToolSpec> tools,
      List<AgentSpec> agents,
      List<TeamSpec> teams) {
    this(schema, version, models, tools, agents, List.of(), teams);
  }

  /**
   * Reads a regular file of at most 4 MB; a pipe or a device is refused.
   *
   * @throws TeamFileException if the file cannot be read, or has a mistake
   */
  public static TeamFile read(Path path) throws TeamFileException {
    try {
      return parse(TextFile.read(path, MOST_BYTES), path.toString());
    } catch (UnreadableFileException e) {
      Problem problem = new Problem(e.line(), "", String.valueOf(e.getMessage()));
      throw new TeamFileException(path.toString(), List.of(problem));
    }
  }

  /**
   * Reads a text.
   *
   * @param name what error messages call the text
   * @throws TeamFileException if it has a mistake
   */
  public static TeamFile parse(String text, String name) throws TeamFileException {
    Report report = new Report();
    TeamFile file = Documents.read(TeamFile.class, text, report);
    if (file != null) {
      Checks.check(file, report);
    }
    if (file == null || !report.problems().isEmpty()) {
      throw new TeamFileException(name, report.problems());
    }
    return file;
  }

  /**
   * Checks a file that a program has put together; {@link #read} and {@link #parse} have checked
   * theirs.
   *
   * @throws TeamFileException if it has a mistake
   */
  public void check() throws TeamFileException {
    parse(toYaml(), "team file");
  }

  /** Returns the file as YAML. It reads back as an equal file. */
  public String toYaml() {
    return Documents.yaml(TeamFile.class, this);
  }

  /** Returns the file as JSON. It reads back as an equal file. */
  public String toJson() {
    return Documents.json(TeamFile.class, this);
  }

  /**
   * Writes the file: as JSON if its name ends with {@code .json}, else as YAML.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path path) throws IOException {
    boolean json = path.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    Files.writeString(path, json ? toJson() + "\n" : toYaml());
  }

  /** Returns the JSON Schema of team files. */
  public static String jsonSchema() {
    return Documents.schema(
        TeamFile.class, SCHEMA_ID, "Agents and teams of agentstream, version 1");
  }
}
