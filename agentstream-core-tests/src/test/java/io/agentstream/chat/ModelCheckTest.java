package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.internal.RefusingPort;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks of a model before users need it. */
@Timeout(300)
class ModelCheckTest {

  private static final Duration PLENTY = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final StubModelServer server = StubModelServer.start();
  private final CountDownLatch never = new CountDownLatch(1);
  private final OpenAiCompatibleModel model = model(server.baseUrl());

  @AfterEach
  void close() {
    never.countDown();
    server.close();
  }

  private static OpenAiCompatibleModel model(String baseUrl) {
    return OpenAiCompatibleModel.builder()
        .baseUrl(baseUrl)
        // Servers' refusals are known to the whole process, and ports are reused.
        .modelName("stub-" + UUID.randomUUID())
        .build();
  }

  private static StubAnswer text() {
    return StubAnswer.stream().tokens("one", ", two").finish("length").done();
  }

  private static StubAnswer tool() {
    return StubAnswer.stream()
        .toolCall(0, "c1", "report_ready", "{\"word\":", "\"yes\"}")
        .finish("tool_calls")
        .done();
  }

  private ModelCheck check(StubAnswer... answers) throws InterruptedException {
    server.enqueue(answers);
    return ModelCheck.of(model, PLENTY);
  }

  @Test
  void a_good_model_streams_and_calls_tools() throws Exception {
    ModelCheck check = check(text(), tool());
    assertThat(check.isUsable()).isTrue();
    assertThat(check.streams()).isTrue();
    assertThat(check.firstToken()).isPositive();
    assertThat(check.callsTools()).isTrue();
    assertThat(check.toolFailure()).isNull();
    assertThat(check.thinks()).isFalse();
  }

  @Test
  void five_tokens_are_asked_for_and_one_tool_is_offered() throws Exception {
    check(text(), tool());
    assertThat(server.awaitRequest().body())
        .contains("\"max_tokens\":5")
        .doesNotContain("\"tools\"");
    assertThat(server.awaitRequest().body()).contains("report_ready");
  }

  @Test
  void a_server_that_knows_no_limit_is_hung_up_on_after_five() throws Exception {
    ModelCheck check = check(StubAnswer.stream().tokens(6).stallUntil(never), tool());
    server.awaitRequest().awaitHangUp();
    assertThat(check.streams()).isTrue();
    assertThat(check.callsTools()).isTrue();
  }

  @Test
  void refused_tools_leave_a_model_for_agents_without_tools() throws Exception {
    ModelCheck check =
        check(
            text(),
            StubAnswer.status(400)
                .body("{\"error\":{\"message\":\"canary does not support tools\"}}"));
    assertThat(check.isUsable()).isTrue();
    assertThat(check.callsTools()).isFalse();
    assertThat(check.toolFailure()).isNotNull();
    assertThat(check.toString()).doesNotContain("canary");
  }

  @Test
  void a_model_that_only_talks_about_the_tool_calls_none() throws Exception {
    ModelCheck check = check(text(), text());
    assertThat(check.isUsable()).isTrue();
    assertThat(check.callsTools()).isFalse();
    assertThat(check.toolFailure()).isNull();
  }

  @Test
  void a_whole_answer_is_no_stream() throws Exception {
    ModelCheck check =
        check(
            StubAnswer.status(200)
                .header("Content-Type", "application/json")
                .body(
                    "{\"choices\":[{\"message\":{\"content\":\"one, two\"},\"finish_reason\":\"stop\"}]}"),
            tool());
    assertThat(check.isUsable()).isTrue();
    assertThat(check.streams()).isFalse();
  }

  @Test
  void thinking_is_seen_in_a_field_of_its_own() throws Exception {
    ModelCheck check =
        check(StubAnswer.stream().reasoning("Hm", "m").finish("length").done(), tool());
    assertThat(check.isUsable()).isTrue();
    assertThat(check.thinks()).isTrue();
    assertThat(check.firstToken()).isPositive();
  }

  @Test
  void thinking_is_seen_as_a_mark_in_the_text() throws Exception {
    assertThat(
            check(StubAnswer.stream().tokens("<think>", "Hm").finish("length").done(), tool())
                .thinks())
        .isTrue();
  }

  @Test
  void hidden_thinking_that_uses_up_the_five_tokens_is_no_failure() throws Exception {
    ModelCheck check = check(StubAnswer.stream().finish("length").done(), tool());
    assertThat(check.isUsable()).isTrue();
    assertThat(check.firstToken()).isNull();
  }

  @Test
  void what_is_refused_and_done_without_is_known_afterwards() throws Exception {
    check(
        StubAnswer.status(400)
            .body("{\"error\":{\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}"),
        text(),
        tool());
    assertThat(model.refused()).singleElement().asString().contains("max_completion_tokens");
  }

  @Test
  void an_agents_temperature_is_tried() throws Exception {
    server.enqueue(
        StubAnswer.status(400)
            .body("{\"error\":{\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"),
        text(),
        tool());
    Agent agent = Agent.builder("Mia").description("Mia").model(model).temperature(0.5).build();
    assertThat(ModelCheck.of(agent, PLENTY).isUsable()).isTrue();
    assertThat(model.refused()).singleElement().asString().startsWith("temperature");
  }

  @Test
  void a_web_page_is_no_model_server() throws Exception {
    assertCause(
        check(StubAnswer.status(200).header("Content-Type", "text/html").body("<html>canary")),
        ErrorCause.NOT_A_MODEL_SERVER);
  }

  @Test
  void a_refused_key_is_said() throws Exception {
    assertCause(check(StubAnswer.status(401).body("canary")), ErrorCause.KEY_REFUSED);
  }

  @Test
  void a_server_that_is_not_there_is_unreachable() throws Exception {
    try (RefusingPort port = new RefusingPort()) {
      assertCause(ModelCheck.of(model(port.baseUrl()), PLENTY), ErrorCause.UNREACHABLE);
    }
  }

  @Test
  void a_silent_server_is_hung_up_on_when_the_time_is_up() throws Exception {
    // The first call of a process takes its time, and this one must reach the server.
    check(text(), tool());
    server.awaitRequest();
    server.awaitRequest();

    server.enqueue(StubAnswer.stream().head().stallUntil(never));
    assertCause(ModelCheck.of(model, SHORT), ErrorCause.SILENT);
    server.awaitRequest().awaitHangUp();
  }

  @Test
  void a_model_whose_call_blocks_or_breaks_ends_in_time_too() throws Exception {
    assertCause(ModelCheck.of(calling(never::await), SHORT), ErrorCause.SILENT);
    ModelCheck broken =
        ModelCheck.of(
            calling(
                () -> {
                  throw new StackOverflowError("canary");
                }),
            PLENTY);
    assertCause(broken, ErrorCause.SERVER_ERROR);
  }

  private static void assertCause(ModelCheck check, ErrorCause cause) {
    assertThat(check.isUsable()).isFalse();
    assertThat(check.failure()).extracting(ModelFailure::cause).isEqualTo(cause);
    assertThat(check.failure()).extracting(ModelFailure::advice).asString().isNotBlank();
    assertThat(check.toString()).doesNotContain("canary");
  }

  private interface Blocking {
    void run() throws InterruptedException;
  }

  private static StreamingChatModel calling(Blocking action) {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        try {
          action.run();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
