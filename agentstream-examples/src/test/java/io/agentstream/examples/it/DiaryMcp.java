package io.agentstream.examples.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MCP server as a program with the tool {@code note}. It writes a line to a file when it starts,
 * with its process id, and for each call. It never answers the first call of its file. It knows no
 * library, so that it starts at once.
 */
final class DiaryMcp {

  static final String CALLED = "called";

  private static final Pattern ID = Pattern.compile("\"id\":\\s*(\\d+)");

  private DiaryMcp() {}

  /** Returns the command of the program, for a team file. */
  static String command(Path diary) {
    return "['%s', -Xshare:auto, -cp, '%s', %s, '%s']"
        .formatted(
            ServerProcess.tool("java"),
            Path.of("target", "test-classes").toAbsolutePath(),
            DiaryMcp.class.getName(),
            diary);
  }

  public static void main(String[] args) throws IOException {
    Path diary = Path.of(List.of(args).get(0));
    write(diary, String.valueOf(ProcessHandle.current().pid()));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Matcher id = ID.matcher(line);
      boolean isCall = line.contains("tools/call");
      boolean isFirstCall = isCall && !Files.readAllLines(diary).contains(CALLED);
      if (isCall) {
        write(diary, CALLED);
      }
      if (id.find() && !isFirstCall) {
        out.println(
            "{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",\"result\":" + result(line) + "}");
      }
    }
  }

  private static void write(Path diary, String line) throws IOException {
    Files.writeString(diary, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String result(String message) {
    if (message.contains("\"initialize\"")) {
      return "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
          + "\"serverInfo\":{\"name\":\"diary\",\"version\":\"1\"}}";
    }
    if (message.contains("tools/list")) {
      return "{\"tools\":[{\"name\":\"note\",\"description\":\"Takes a note\","
          + "\"inputSchema\":{\"type\":\"object\",\"properties\":{}}}]}";
    }
    return message.contains("tools/call")
        ? "{\"content\":[{\"type\":\"text\",\"text\":\"It stands in the diary.\"}]}"
        : "{}";
  }
}
