package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar agentstream-server.jar chat}, as its users run it. */
@Timeout(value = 300, threadMode = SEPARATE_THREAD)
class ChatCommandIT {

  private static final String ESCAPE = "\u001b";
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private final StubModelServer model =
      StubModelServer.start()
          .otherwise(StubAnswer.stream().tokens("So ", "it ", "goes.").finish("stop").done());
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<Process> started = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private final StringBuilder printed = new StringBuilder();

  @AfterEach
  void close() {
    started.forEach(process -> process.toHandle().destroyForcibly());
    never.countDown();
    model.close();
  }

  @Test
  void everybody_is_printed_plainly_where_there_is_no_terminal() throws Exception {
    Process chat = run("--rounds", "1", "Tea?");
    assertThat(end(chat)).isZero();
    assertThat(printed.toString())
        .contains("\nMia: So it goes.\n", "\nOtto: So it goes.\n", "\nLin: So it goes.\n")
        .contains("\n[max_rounds, ")
        .doesNotContain(ESCAPE);
  }

  @Test
  void ctrl_c_hangs_up_and_keeps_what_was_said() throws Exception {
    model.enqueue(StubAnswer.stream().tokens("So ", "far").stallUntil(never));
    Process chat = run("Tea?");
    readUntil(chat.inputReader(UTF_8), "So far");
    new ProcessBuilder("kill", "-INT", Long.toString(chat.pid())).start().waitFor();
    model.awaitRequest().awaitHangUp();
    assertThat(end(chat)).isEqualTo(130);
    assertThat(printed.toString()).contains("Mia: So far\n[stopped]\n", "\n[stopped, ");
  }

  @Test
  void whoever_sits_there_is_asked_and_the_end_of_the_input_stops() throws Exception {
    Process chat = run("--speakers", "manual", "--agents", "Mia,Otto", "Tea?");
    try (OutputStream keyboard = chat.getOutputStream()) {
      keyboard.write("Nobody\nOtto\n".getBytes(UTF_8));
    }
    assertThat(end(chat)).isZero();
    assertThat(printed.toString())
        .startsWith(
            """

              Who speaks next?
              Mia / Otto
            > Please type one of the choices.
            >\s
            Otto: So it goes.

              Who speaks next?
              Mia / Otto
            >\s

            [stopped,\s""");
  }

  @Test
  void after_a_line_without_room_the_question_is_still_open() throws Exception {
    Path config = folder.resolve("config.json");
    Files.writeString(config, "{\"limits\": {\"max_conversation_chars\": 1000}}");
    Process chat =
        run("--config", config.toString(), "--speakers", "manual", "--rounds", "1", "Tea?");
    try (OutputStream keyboard = chat.getOutputStream()) {
      keyboard.write(("x".repeat(1000) + "\nOtto\n").getBytes(UTF_8));
    }
    assertThat(end(chat)).isZero();
    assertThat(printed.toString())
        .contains("> The conversation has no room for this text.\n> \nOtto: So it goes.\n");
  }

  @Test
  void a_team_of_a_file_talks_with_its_own_prompts_until_its_own_end() throws Exception {
    model.enqueue(
        says("Rain ", "falls."),
        says("Too short."),
        says("Rain ", "falls softly."),
        says("APPROVED"));
    Process chat =
        team(
            "Review",
            """
            version: 1
            agents:
              - {name: Writer, system_prompt: You write verse.}
              - {name: Critic, system_prompt: You judge verse.}
              - {name: Idle}
            teams:
              - {name: Other, participants: [Idle]}
              - {name: Review, participants: [Writer, Critic], max_rounds: 6, end_when: {text: APPROVED, from: Critic}}
            """);
    assertThat(end(chat)).isZero();
    assertThat(printed.toString())
        .isEqualTo(
            """

            Writer: Rain falls.

            Critic: Too short.

            Writer: Rain falls softly.

            Critic: APPROVED

            [terminated ('APPROVED' was said.), 28 tokens]
            """);
    for (String prompt : List.of("You write verse.", "You judge verse.")) {
      assertThat(model.awaitRequest().body()).contains(prompt, "Autumn rain");
    }
  }

  @Test
  void a_call_of_a_teams_tool_waits_for_whoever_sits_there() throws Exception {
    try (NotesMcp notes = new NotesMcp()) {
      model.enqueue(calls("note", "Milk"), calls("burn", "Page 7"), says("Noted."));
      Process chat =
          team(
              "Notes",
              """
              version: 1
              tools: {notes: {mcp: {url: '%s'}, approval: always}}
              agents: [{name: Nora, tools: notes}]
              teams: [{name: Notes, participants: [Nora], max_rounds: 1}]
              """
                  .formatted(notes.url()));
      try (OutputStream keyboard = chat.getOutputStream()) {
        keyboard.write("perhaps\napprove\ndeny\n".getBytes(UTF_8));
      }
      assertThat(end(chat)).isZero();
      assertThat(printed.toString())
          .contains("[calls note {\"text\":\"Milk\"}]", "[gets Done: note {\"text\":\"Milk\"}]")
          .contains("May Nora call note?", "approve / deny", "> Please type one of the choices.")
          .contains("May Nora call burn?", "[gets The call was not approved.]", "Noted.");
      assertThat(notes.calls()).containsExactly("note {\"text\":\"Milk\"}");
    }
  }

  @Test
  void a_terminal_has_colours_and_a_line_of_progress() throws Exception {
    assumeThat(SCRIPT).exists();
    assertThat(end(inTerminal(Map.of(), "--rounds", "1", "Tea?"))).isZero();
    assertThat(printed.toString()).contains("round 1/1 · Mia · ", " tokens");
    assertThat(withoutStatus()).contains("\n" + ESCAPE + "[1;36mMia:" + ESCAPE + "[0m So it goes.");
  }

  @Test
  void no_color_is_honoured_in_a_terminal() throws Exception {
    assumeThat(SCRIPT).exists();
    assertThat(end(inTerminal(Map.of("NO_COLOR", "1"), "--rounds", "1", "Tea?"))).isZero();
    assertThat(withoutStatus()).contains("\nMia: So it goes.").doesNotContain(ESCAPE + "[1;36m");
  }

  @Test
  void a_model_server_that_fails_makes_the_command_fail() throws Exception {
    model.otherwise(StubAnswer.status(401).body("no"));
    Process chat = run("Tea?");
    assertThat(end(chat)).isEqualTo(1);
    assertThat(printed.toString())
        .contains("[Mia: The model server refused the request.]", "[failed");
  }

  @Test
  void an_agent_without_an_answer_makes_the_command_fail() throws Exception {
    StubAnswer fine = StubAnswer.stream().tokens("Fine.").finish("stop").done();
    model.enqueue(fine, StubAnswer.status(400).body("no"), fine);
    assertThat(end(run("--rounds", "1", "Tea?"))).isEqualTo(1);
    assertThat(printed.toString()).contains("\nMia: Fine.\n", "[Otto: ");
  }

  @Test
  void a_narrow_terminal_breaks_lines_between_words_and_no_line_of_a_model_is_the_programs()
      throws Exception {
    assumeThat(SCRIPT).exists();
    model.enqueue(
        StubAnswer.stream()
            .tokens("The gains come ", "lat", "er than", " the costs.\n[completed, 9 tok", "ens]\n")
            .finish("stop")
            .done());
    Process chat =
        inTerminal(Map.of("NO_COLOR", "1"), 24, "--rounds", "1", "--agents", "Mia", "Tea?");
    assertThat(end(chat)).isZero();
    assertThat(shown())
        .contains(
            "Mia: The gains come\n  later than the costs.\n  [completed, 9 tokens]\n\n[max_rounds, ");
  }

  @Test
  void wrong_settings_are_told_in_one_line() throws Exception {
    Process chat = run("--agents", "Nobody", "Tea?");
    String told = new String(chat.getErrorStream().readAllBytes(), UTF_8);
    assertThat(end(chat)).isEqualTo(2);
    assertThat(told)
        .isEqualTo("agentstream: --agents: there is no 'Nobody'; known: Mia, Otto, Lin\n");
  }

  /** Returns the final text: a word without room moves to the next line. */
  private String shown() {
    StringBuilder shown = new StringBuilder(withoutStatus());
    Pattern back = Pattern.compile(ESCAPE + "\\[(\\d+)D" + ESCAPE + "\\[K");
    for (Matcher m = back.matcher(shown); m.find(); m = back.matcher(shown)) {
      shown.delete(m.start() - Integer.parseInt(m.group(1)), m.end());
    }
    return shown.toString().replaceAll(" +\n", "\n");
  }

  /** The status line is drawn between a save and a restore of the cursor. */
  private String withoutStatus() {
    return printed.toString().replaceAll("(?s)\u001b7.*?\u001b8", "");
  }

  private static StubAnswer says(String... tokens) {
    return StubAnswer.stream().tokens(tokens).finish("stop").usage(3, 4).done();
  }

  private static StubAnswer calls(String tool, String text) {
    return StubAnswer.stream()
        .toolCall(0, "call-" + tool, tool, "{\"text\":\"" + text + "\"}")
        .finish("tool_calls")
        .usage(3, 4)
        .done();
  }

  /** Has a team of this file talk about the rain. */
  private Process team(String name, String file) throws IOException {
    Path teams = Files.writeString(folder.resolve("teams.yaml"), file);
    return run("--config", teams.toString(), "--team", name, "Autumn rain");
  }

  private Process run(String... args) throws IOException {
    // A background process ignores SIGINT, and its child would inherit that.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(java());
    command.addAll(List.of(args));
    return start(command, Map.of());
  }

  private Process inTerminal(Map<String, String> environment, String... args) throws IOException {
    return inTerminal(environment, 80, args);
  }

  private Process inTerminal(Map<String, String> environment, int columns, String... args)
      throws IOException {
    List<String> java = new ArrayList<>(java());
    java.addAll(List.of(args));
    String line = "stty rows 24 cols " + columns + "; '" + String.join("' '", java) + "'";
    Path typescript = folder.resolve("typescript");
    return start(List.of(SCRIPT.toString(), "-qe", "-c", line, typescript.toString()), environment);
  }

  private Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_"));
    builder.environment().remove("NO_COLOR");
    builder.environment().put("OPENAI_BASE_URL", model.baseUrl());
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static List<String> java() {
    List<String> command = ServerProcess.java();
    // A terminal in a bare environment speaks ASCII, and so would Java 17.
    command.addAll(
        List.of("-Dfile.encoding=UTF-8", "-jar", ServerProcess.jar().toString(), "chat"));
    return command;
  }

  private int end(Process chat) throws IOException, InterruptedException {
    readUntil(chat.inputReader(UTF_8), null);
    return chat.waitFor();
  }

  /** Reads up to {@code text}, or to the end for null. */
  private void readUntil(Reader output, String text) throws IOException {
    while (text == null || printed.indexOf(text) < 0) {
      int next = output.read();
      if (next < 0) {
        assertThat(text).as("Not printed, but: %s", printed).isNull();
        return;
      }
      // A terminal ends its lines with both.
      if (next != '\r') {
        printed.append((char) next);
      }
    }
  }
}
