package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.Eventually;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server killed while programs that speak MCP run. No program outlives it, and the next server on
 * the same folder starts them again and continues with the call.
 */
@ExtendWith(FailureReport.class)
@EnabledIfSystemProperty(
    named = "agentstream.slow",
    matches = "true",
    disabledReason = "three servers for a call")
class KilledToolsIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  @Timeout(600)
  void a_call_is_made_in_the_end_over_a_kill_before_its_approval_and_one_in_the_middle_of_it()
      throws Exception {
    Path diary = folder.resolve("diary");
    try (StubModelServer model = StubModelServer.start()) {
      // A turn that was killed before its call was approved asks the model again.
      model.otherwise(
          StubAnswer.stream()
              .toolCall(0, "c1", "note", "{}")
              .finish("tool_calls")
              .usage(3, 4)
              .done());
      String id;
      try (ServerProcess server = start(model, diary)) {
        Map<String, ?> conversation = Map.of("topic", "Tea?", "max_rounds", 1);
        Viewer viewer = Viewer.starting(CLIENT, server.webSocket(), conversation);
        id = viewer.conversationId();
        assertThat(get(viewer, "input_requested").at("/data/kind").asText()).isEqualTo("approval");
      }
      assertProgramsEnd(diary, 1);

      try (ServerProcess server = start(model, diary)) {
        answer(join(server, id), id, "approval", "approve", () -> calls(diary) == 1);
      }
      assertProgramsEnd(diary, 2);

      model.otherwise(PageScene.says("It is noted."));
      try (ServerProcess server = start(model, diary)) {
        Viewer viewer = join(server, id);
        answer(viewer, id, "interrupted_call", "call_again", () -> calls(diary) == 2);
        assertThat(get(viewer, "tool_result").at("/data/result").asText())
            .isEqualTo("It stands in the diary.");
        assertThat(get(viewer, "conversation_ended").at("/data/reason").asText())
            .isEqualTo("max_rounds");
        assertThat(get(viewer, "streaming_complete").at("/data/full_content").asText())
            .isEqualTo("It is noted.");
      }
      assertProgramsEnd(diary, 3);
    }
  }

  private ServerProcess start(StubModelServer model, Path diary) throws IOException {
    Path team =
        Files.writeString(
            folder.resolve("team.yaml"),
            """
            version: 1
            tools: {diary: {mcp: {command: %s}, approval: always}}
            agents: [{name: Ann, tools: [diary]}]
            """
                .formatted(DiaryMcp.command(diary)));
    return ServerProcess.startWithStore(
        Map.of("OPENAI_BASE_URL", model.baseUrl()),
        "--config",
        team.toString(),
        "--data",
        folder.resolve("data").toString());
  }

  private static Viewer join(ServerProcess server, String id) {
    return Viewer.connect(CLIENT, server.webSocket())
        .send("join_conversation", Map.of("conversation_id", id));
  }

  /**
   * Answers each question that the viewer is shown. The first may be the one that stood open at the
   * kill, and which the server puts again when it continues.
   */
  private static void answer(
      Viewer viewer, String id, String kind, String content, BooleanSupplier done) {
    AtomicInteger read = new AtomicInteger();
    Eventually.await(
        () -> {
          List<JsonNode> frames = viewer.frames();
          for (JsonNode frame : frames.subList(read.getAndSet(frames.size()), frames.size())) {
            JsonNode question = question(frame);
            if (!question.isMissingNode()) {
              assertThat(question.path("kind").asText()).isEqualTo(kind);
              send(viewer, id, question, content);
            }
          }
          return done.getAsBoolean();
        });
  }

  private static JsonNode question(JsonNode frame) {
    return frame.path("type").asText().equals("input_requested")
        ? frame.path("data")
        : frame.at("/data/pending_inputs/0");
  }

  private static void send(Viewer viewer, String id, JsonNode question, String content) {
    viewer.send(
        "input_response",
        Map.of(
            "conversation_id",
            id,
            "request_id",
            question.path("request_id").asText(),
            "content",
            content));
  }

  private static JsonNode get(Viewer viewer, String type) throws Exception {
    return viewer.first(type).get(60, TimeUnit.SECONDS);
  }

  /** Each server has started one program, and none of them is alive. */
  private static void assertProgramsEnd(Path diary, int programs) {
    List<Long> started =
        lines(diary).stream()
            .filter(line -> !line.equals(DiaryMcp.CALLED))
            .map(Long::parseLong)
            .toList();
    assertThat(started).hasSize(programs).doesNotHaveDuplicates();
    Eventually.await(
        () ->
            started.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .noneMatch(ProcessHandle::isAlive));
  }

  private static long calls(Path diary) {
    return lines(diary).stream().filter(DiaryMcp.CALLED::equals).count();
  }

  private static List<String> lines(Path diary) {
    try {
      return Files.readAllLines(diary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
