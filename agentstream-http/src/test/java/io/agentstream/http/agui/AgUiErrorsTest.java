package io.agentstream.http.agui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.EventLine;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that fail, and runs that a limit refuses: in the words of the protocol, not of others. */
class AgUiErrorsTest {

  private final ScriptedModel model = new ScriptedModel();
  private ServedDoors served;

  @AfterEach
  void stop() throws Exception {
    if (served != null) {
      served.stop();
    }
  }

  private ConversationHubBuilder tea(FailurePolicy policy) {
    return ConversationHub.builder()
        .team(
            "tea",
            GroupChat.builder()
                .participants(agent("Ann"), agent("Ben"))
                .maxRounds(1)
                .onFailure(policy)
                .build());
  }

  private Agent agent(String name) {
    return Agent.builder(name).retryPolicy(RetryPolicy.none()).model(model).build();
  }

  private static void fail(ScriptedCall call) {
    call.fail(new IOException("secret: key sk-1 is over its quota"));
  }

  private static String body(UUID thread) {
    return "{\"threadId\":\""
        + thread
        + "\",\"runId\":\"r\",\"messages\":[{\"id\":\"q\",\"role\":\"user\",\"content\":\"Tea?\"}]}";
  }

  /** Begins a run, and reads it to the snapshot after which it is live. */
  private EventLine live(UUID thread) throws IOException {
    String body = body(thread);
    EventLine run =
        EventLine.exchange(
            new Socket(served.root().getHost(), served.root().getPort()),
            served.root(),
            "POST /agui/tea",
            body,
            "Content-Type: application/json",
            "Content-Length: " + body.length());
    assertThat(run.status()).isEqualTo(200);
    run.until("MESSAGES_SNAPSHOT");
    return run;
  }

  private static List<JsonNode> toTheEnd(EventLine run) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (EventLine.Event event = run.next(); event != null; event = run.next()) {
      assertThat(event.data()).doesNotContain("secret", "sk-1", "IOException");
      events.add(event.frame());
    }
    return events;
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.get("type").asText()).toList();
  }

  /** Asserts that a speaker's failure is told, and returns the words. */
  private static String told(List<JsonNode> events, String speaker) {
    List<JsonNode> customs =
        events.stream().filter(event -> event.get("type").asText().equals("CUSTOM")).toList();
    assertThat(customs).hasSize(1);
    assertThat(customs.get(0).get("name").asText()).isEqualTo("agentstream.error");
    JsonNode value = customs.get(0).get("value");
    assertThat(value.get("code").asText()).isEqualTo("upstream_error");
    assertThat(value.get("agent").asText()).isEqualTo(speaker);
    return value.get("message").asText();
  }

  private static void endsWithError(List<JsonNode> events, String code, String message) {
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.get("type").asText()).isEqualTo("RUN_ERROR");
    assertThat(last.get("code").asText()).isEqualTo(code);
    assertThat(last.get("message").asText()).isEqualTo(message);
    assertThat(types(events)).doesNotContain("RUN_FINISHED");
  }

  @Test
  void a_run_whose_model_fails_in_the_middle_ends_with_an_error() throws Exception {
    served = ServedDoors.start(new JettyServer(), tea(FailurePolicy.end()));
    UUID thread = UUID.randomUUID();
    try (EventLine run = live(thread)) {
      ScriptedCall ann = model.awaitNext();
      ann.tokens("Half a ");
      run.until("TEXT_MESSAGE_CONTENT");

      fail(ann);

      List<JsonNode> events = toTheEnd(run);
      endsWithError(events, "upstream_error", told(events, "Ann"));
    }
    // Who comes only now finds the run failed as well.
    try (EventLine again = live(thread)) {
      endsWithError(toTheEnd(again), "failed", "The conversation failed.");
    }
  }

  @Test
  void a_run_whose_model_fails_before_the_first_text_ends_with_an_error() throws Exception {
    served = ServedDoors.start(new JettyServer(), tea(FailurePolicy.end()));
    try (EventLine run = live(UUID.randomUUID())) {
      fail(model.awaitNext());

      List<JsonNode> events = toTheEnd(run);
      endsWithError(events, "upstream_error", told(events, "Ann"));
      assertThat(types(events)).doesNotContain("TEXT_MESSAGE_CONTENT");
    }
  }

  @Test
  void a_skipped_turn_is_told_and_the_run_succeeds() throws Exception {
    served = ServedDoors.start(new JettyServer(), tea(FailurePolicy.skipTurn()));
    try (EventLine run = live(UUID.randomUUID())) {
      fail(model.awaitNext());
      model.awaitNext().tokens("No.").complete();

      List<JsonNode> events = toTheEnd(run);
      assertThat(told(events, "Ann")).isNotEmpty();
      JsonNode last = events.get(events.size() - 1);
      assertThat(last.get("type").asText()).isEqualTo("RUN_FINISHED");
      assertThat(last.at("/outcome/type").asText()).isEqualTo("success");
    }
  }

  @Test
  void a_run_that_a_limit_refuses_is_a_problem_and_starts_nothing() throws Exception {
    served =
        ServedDoors.start(
            new JettyServer(),
            tea(FailurePolicy.end()).limits(Limits.builder().startsPerMinute(1).build()));
    try (EventLine run = live(UUID.randomUUID())) {
      assertThat(run.status()).isEqualTo(200);

      Answer refused = served.http().post("/agui/tea", body(UUID.randomUUID()));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
      assertThat(refused.code()).isEqualTo("rate_limited");
      assertThat(served.hub().conversations()).hasSize(1);
    }
  }

  @Test
  void a_run_that_a_quota_refuses_is_a_problem_and_starts_nothing() throws Exception {
    served =
        ServedDoors.start(
            new JettyServer(),
            tea(FailurePolicy.end()).quotas(Quotas.builder().modelCallsPerHour(1).build()));
    try (EventLine run = live(UUID.randomUUID())) {
      model.awaitNext().tokens("Yes.").complete();
      toTheEnd(run);

      Answer refused = served.http().post("/agui/tea", body(UUID.randomUUID()));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("budget_exceeded");
      assertThat(served.hub().conversations()).hasSize(1);
    }
  }
}
