package io.agentstream.teams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An MCP server as a program. A call of its tool {@code a} lists {@code b} from then on, and
 * announces that so many times.
 */
final class StubProgram {

  private StubProgram() {}

  /** Returns the command that starts it, for a team file. */
  static String command(int announcements) {
    return "['%s', -cp, '%s', %s, '%d']"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of("target", "test-classes").toAbsolutePath(),
            StubProgram.class.getName(),
            announcements);
  }

  /**
   * Returns the command of one that starts a program, writes its id to a file, and dies in a call.
   */
  static String leavingAChild(Path file) {
    return command(0).replaceFirst("]$", ", '" + file + "']");
  }

  private static void dieIfTold(String[] args) throws IOException {
    if (args.length > 1) {
      Process child = new ProcessBuilder("sleep", "600").start();
      Files.writeString(Path.of(args[1]), String.valueOf(child.pid()));
      Runtime.getRuntime().halt(1);
    }
  }

  public static void main(String[] args) throws Exception {
    StubMcp stub = new StubMcp();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer = stub.answer(line);
      if (line.contains("tools/call")) {
        dieIfTold(args);
        stub.list(StubMcp.tools("b", "c" + stub.listed.get()));
        for (int i = 0; i < Integer.parseInt(List.of(args).get(0)); i++) {
          out.println(StubMcp.CHANGED);
        }
      }
      if (answer != null) {
        out.println(answer);
      }
      out.flush();
    }
  }
}
