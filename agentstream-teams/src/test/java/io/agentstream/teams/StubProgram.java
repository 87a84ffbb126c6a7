package io.agentstream.teams;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

  public static void main(String[] args) throws Exception {
    StubMcp stub = new StubMcp();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer = stub.answer(line);
      if (line.contains("tools/call")) {
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
