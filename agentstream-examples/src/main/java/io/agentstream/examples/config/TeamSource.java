package io.agentstream.examples.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.teams.TeamFile;
import io.agentstream.teams.TeamFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A team file and its content when it was read.
 *
 * @param path the file
 * @param file its content
 */
public record TeamSource(Path path, TeamFile file) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads a team file.
   *
   * @throws ConfigException with the file, the line and the remedy of the first mistake
   */
  public static TeamSource read(Path path) throws ConfigException {
    try {
      return new TeamSource(path, TeamFile.read(path));
    } catch (TeamFileException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  /** Returns true if a file holds teams, not the server's settings: it is YAML or has a version. */
  static boolean isTeamFile(Path path, String text) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return true;
    }
    try {
      return JSON.readTree(text).has("version");
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Reads {@code team_file}, whose path is relative to the folder of the settings. */
  static @Nullable TeamSource of(Section root, Path folder) throws ConfigException {
    String file = root.text("team_file");
    if (file == null) {
      return null;
    }
    if (root.has("agents")) {
      throw root.wrong("team_file", "contradicts agents; name the agents in the team file");
    }
    try {
      return read(folder.resolve(file));
    } catch (InvalidPathException e) {
      throw root.wrong("team_file", "is no file name");
    }
  }
}
