package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.chat.Agent;
import io.agentstream.chat.InterruptedCallPolicy;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on a real H2 that crashes while a tool runs. */
@Timeout(180)
class InterruptedToolsTest {

  @TempDir private Path folder;

  @Test
  void a_person_is_asked_about_the_call_and_the_turn_continues_with_the_answer() throws Exception {
    Crash crash = crashInTool();
    Shop shop = new Shop(() -> {});
    try (StoredServer server = new StoredServer(crash.copy, agent -> agent.tools(shop))) {
      LocalViewer viewer = server.viewer().join(crash.id);
      JsonNode question = question(viewer);
      assertThat(question.path("kind").asText()).isEqualTo("interrupted_call");
      answer(viewer, crash.id, question, "happened");
      server.model.awaitNext().tokens("It is paid.").complete();
      viewer.awaitText("m2", "I pay. It is paid.");
      assertThat(shop.keys).isEmpty();
    }
  }

  @Test
  void the_call_fails_if_nobody_has_come_back_within_half_a_minute() throws Exception {
    Crash crash = crashInTool();
    ManualClock clock = new ManualClock();
    Shop shop = new Shop(() -> {});
    try (StoredServer server = new StoredServer(crash.copy, agent -> agent.tools(shop), clock)) {
      awaitQuestion(server);
      clock.advance(Duration.ofSeconds(29));
      assertThat(asks(server)).isTrue();
      clock.advance(Duration.ofSeconds(2));
      server.model.awaitNext().tokens("I do not know.").complete();
      server.viewer().join(crash.id).awaitText("m2", "I pay. I do not know.");
      assertThat(shop.keys).isEmpty();
    }
  }

  @Test
  void the_question_stays_open_for_somebody_who_came_back() throws Exception {
    Crash crash = crashInTool();
    ManualClock clock = new ManualClock();
    Shop shop = new Shop(() -> {});
    try (StoredServer server = new StoredServer(crash.copy, agent -> agent.tools(shop), clock)) {
      awaitQuestion(server);
      LocalViewer viewer = server.viewer().join(crash.id);
      JsonNode question = question(viewer);
      clock.advance(Duration.ofSeconds(19));
      viewer.command("ping", Map.of()).await("pong");
      clock.advance(Duration.ofSeconds(12));
      assertThat(asks(server)).isTrue();
      answer(viewer, crash.id, question, "happened");
      server.model.awaitNext().tokens("It is paid.").complete();
      viewer.awaitText("m2", "I pay. It is paid.");
    }
  }

  private static void awaitQuestion(StoredServer server) {
    Eventually.await(() -> server.hub.conversations().size() == 1 && asks(server));
  }

  private static boolean asks(StoredServer server) {
    return server.hub.conversations().stream()
        .allMatch(each -> each.snapshot().toCompletableFuture().join().pendingInput() != null);
  }

  @Test
  void an_idempotent_tool_is_called_again_under_the_same_key() throws Exception {
    Crash crash = crashInTool();
    Shop shop = new Shop(() -> {});
    try (StoredServer server =
        new StoredServer(
            crash.copy,
            agent ->
                agent.tools(shop).interruptedCalls(call -> InterruptedCallPolicy.CALL_AGAIN))) {
      server.model.awaitNext().tokens("It is paid.").complete();
      server.viewer().join(crash.id).awaitText("m2", "I pay. It is paid.");
      assertThat(shop.keys).isEqualTo(crash.keys);
    }
  }

  @Test
  void a_call_whose_result_was_shown_is_not_made_again() throws Exception {
    Path copy;
    String id;
    Shop shop = new Shop(() -> {});
    try (StoredServer server = new StoredServer(folder, agent -> agent.tools(shop))) {
      LocalViewer viewer = server.viewer();
      id = viewer.start("Pay the bill");
      server.model.awaitNext().tokens("I pay. ").toolCall("pay", "{}").complete();
      server.model.awaitNext();
      viewer.command("send_message", Map.of("conversation_id", id, "content", "Thanks!"));
      awaitAccepted(viewer);
      copy = StoredServer.crash(folder, folder.resolve("crashed"));
    }
    try (StoredServer server = new StoredServer(copy, agent -> agent.tools(shop))) {
      server.model.awaitNext().tokens("It is paid.").complete();
      server.viewer().join(id).awaitText("m3", "I pay. It is paid.");
      assertThat(shop.keys).hasSize(1);
    }
  }

  @Test
  void a_call_that_cannot_be_stored_is_not_made_and_its_turn_continues() throws Exception {
    Shop shop = new Shop(() -> {});
    ToolExecutionRequest pay =
        ToolExecutionRequest.builder().id("call_1").name("pay").arguments("{}").build();
    AiMessage unwritable =
        AiMessage.builder()
            .toolExecutionRequests(List.of(pay))
            .attributes(Map.of("raw", new Object()))
            .build();
    try (StoredServer server = new StoredServer(folder, agent -> agent.tools(shop))) {
      LocalViewer viewer = server.viewer();
      viewer.start("Pay the bill");
      server
          .model
          .awaitNext()
          .handler()
          .onCompleteResponse(ChatResponse.builder().aiMessage(unwritable).build());
      JsonNode result = viewer.await("tool_result").path("data");
      assertThat(result.path("is_error").asBoolean()).isTrue();
      server.model.awaitNext().tokens("I could not pay.").complete();
      viewer.awaitText("m2", "I could not pay.");
      assertThat(shop.keys).isEmpty();
    }
  }

  @Test
  void a_question_that_was_open_is_open_again() throws Exception {
    Shop shop = new Shop(() -> {});
    UnaryOperator<Agent.Builder> approving = agent -> agent.tools(shop).needsApproval(call -> true);
    Crash crash =
        crashWhileAsked(
            shop,
            approving,
            (viewer, id, question) ->
                viewer.command("send_message", Map.of("conversation_id", id, "content", "Well?")));
    try (StoredServer server = new StoredServer(crash.copy, approving)) {
      LocalViewer viewer = server.viewer().join(crash.id);
      // It is asked again, under another id; a viewer that came early sees the earlier one first.
      JsonNode question =
          questionIn(
              viewer.await(frame -> questionIn(frame).path("request_id").asText().equals("i2")));
      assertThat(question.path("kind").asText()).isEqualTo("approval");
      answer(viewer, crash.id, question, "approve");
      server.model.awaitNext();
      assertThat(shop.keys).hasSize(1);
    }
  }

  @Test
  void an_answer_that_was_accepted_is_not_asked_for_again() throws Exception {
    Shop shop = new Shop(() -> {});
    UnaryOperator<Agent.Builder> approving = agent -> agent.tools(shop).needsApproval(call -> true);
    Crash crash =
        crashWhileAsked(
            shop, approving, (viewer, id, question) -> answer(viewer, id, question, "deny"));
    try (StoredServer server = new StoredServer(crash.copy, approving)) {
      server.model.awaitNext().tokens("Then I do not pay.").complete();
      LocalViewer viewer = server.viewer().join(crash.id);
      viewer.awaitText("m2", "Then I do not pay.");
      assertThat(viewer.types()).doesNotContain("input_requested");
      assertThat(shop.keys).isEmpty();
    }
  }

  private static void awaitAccepted(LocalViewer viewer) {
    viewer.await(
        frame ->
            frame.path("type").asText().equals("accepted") && !frame.path("data").has("epoch"));
  }

  private static void answer(LocalViewer viewer, String id, JsonNode question, String content) {
    viewer.command(
        "input_response",
        Map.of(
            "conversation_id",
            id,
            "request_id",
            question.path("request_id").asText(),
            "content",
            content));
  }

  /** Copies the database once a command is accepted, while a call waits for its approval. */
  private Crash crashWhileAsked(
      Shop shop, UnaryOperator<Agent.Builder> approving, CommandWhileAsked command)
      throws Exception {
    try (StoredServer server = new StoredServer(folder, approving)) {
      LocalViewer viewer = server.viewer();
      String id = viewer.start("Pay the bill");
      server.model.awaitNext().toolCall("pay", "{}").complete();
      command.send(viewer, id, question(viewer));
      awaitAccepted(viewer);
      return new Crash(StoredServer.crash(folder, folder.resolve("crashed")), id, shop.keys);
    }
  }

  /** Copies the database in the moment in which the tool begins. */
  private Crash crashInTool() throws Exception {
    CompletableFuture<Path> copy = new CompletableFuture<>();
    CountDownLatch over = new CountDownLatch(1);
    Shop shop =
        new Shop(
            () -> {
              copy.complete(StoredServer.crash(folder, folder.resolve("crashed")));
              over.await();
            });
    try (StoredServer server = new StoredServer(folder, agent -> agent.tools(shop))) {
      String id = server.viewer().start("Pay the bill");
      server.model.awaitNext().tokens("I pay. ").toolCall("pay", "{}").complete();
      Path crashed = copy.get();
      over.countDown();
      return new Crash(crashed, id, shop.keys);
    }
  }

  private static JsonNode question(LocalViewer viewer) {
    return questionIn(viewer.await(frame -> questionIn(frame).isObject()));
  }

  /** Returns the question that a frame has; missing if it has none. */
  private static JsonNode questionIn(JsonNode frame) {
    boolean event = frame.path("type").asText().equals("input_requested");
    return event ? frame.path("data") : frame.at("/data/pending_input");
  }

  private record Crash(Path copy, String id, List<String> keys) {}

  private interface CommandWhileAsked {
    void send(LocalViewer viewer, String id, JsonNode question);
  }

  private interface Work {
    void run() throws Exception;
  }

  /** A tool that does its work while it is called. */
  public static final class Shop {
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final Work work;

    private Shop(Work work) {
      this.work = work;
    }

    @Tool
    public String pay(InvocationParameters call) throws Exception {
      keys.add(call.get(Agent.IDEMPOTENCY_KEY));
      work.run();
      return "paid";
    }
  }
}
