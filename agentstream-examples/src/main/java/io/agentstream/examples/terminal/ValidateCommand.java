package io.agentstream.examples.terminal;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.teams.TeamFile;
import io.agentstream.teams.TeamFileException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Checks a team file without starting anything. */
public final class ValidateCommand {

  private static final int WRONG = 2;

  private ValidateCommand() {}

  /**
   * Prints one line for a sound file, or a line for each mistake.
   *
   * @param args the arguments after {@code validate}
   * @return the exit code: 0, or 2 if the file has a mistake
   * @throws ConfigException unless exactly one file is named
   */
  public static int run(List<String> args) throws ConfigException {
    return run(args, System.out, System.err);
  }

  static int run(List<String> args, PrintStream out, PrintStream err) throws ConfigException {
    if (args.size() != 1 || args.get(0).startsWith("-")) {
      throw new ConfigException("validate: name one team file, such as: validate review.yaml");
    }
    String name = args.get(0);
    try {
      TeamFile file = TeamFile.read(Path.of(name));
      out.println(
          name + ": sound; agents " + file.agents().size() + ", teams " + file.teams().size());
      return 0;
    } catch (TeamFileException e) {
      e.problems().forEach(problem -> err.println(name + ": " + problem));
      return WRONG;
    } catch (InvalidPathException e) {
      throw new ConfigException("validate: is no file name");
    }
  }
}
