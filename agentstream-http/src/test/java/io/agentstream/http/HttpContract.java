package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Limits;
import io.agentstream.test.EventLine;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.conformance.ConformanceSuite;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The doors in a container. */
public abstract class HttpContract {

  private ServedDoors served;

  /** Returns a container that has not been started. */
  protected abstract EmbeddedServer container();

  protected final ServedDoors serve(ConversationHubBuilder hub) throws Exception {
    served = ServedDoors.start(container(), hub);
    return served;
  }

  protected static ConversationHubBuilder hubOf(ScriptedModel model) {
    Agent ada = Agent.builder("Ada").description("Knows engines").model(model).build();
    return ConversationHub.builder().agents(ada).defaultMaxRounds(1);
  }

  protected static ScriptedModel saying(String... tokens) {
    return new ScriptedModel().always(call -> call.tokens(tokens).complete());
  }

  @AfterEach
  void stop() throws Exception {
    if (served != null) {
      served.stop();
    }
  }

  @Test
  void agents_are_listed_as_the_protocol_lists_them() throws Exception {
    serve(hubOf(saying("Hi")));

    Answer agents = served.http().get("/api/agents");

    assertThat(agents.status()).isEqualTo(200);
    assertThat(agents.header("content-type")).isEqualTo("application/json");
    assertThat(agents.json().at("/agents/0/name").asText()).isEqualTo("Ada");
  }

  @Test
  void a_conversation_is_started_and_its_events_follow_from_the_first() throws Exception {
    serve(hubOf(saying("Hel", "lo")));

    Answer started = served.http().post("/api/conversations", "{\"topic\":\"tea\"}");

    assertThat(started.status()).isEqualTo(201);
    String id = started.json().get("conversation_id").asText();
    assertThat(started.header("location")).endsWith("conversations/" + id);
    try (EventLine events =
        EventLine.open(served.root(), "/api/conversations/" + id + "/events?after=1-0")) {
      assertThat(events.status()).isEqualTo(200);
      assertThat(events.hasHeader("content-type: text/event-stream;charset=utf-8")).isTrue();
      List<EventLine.Event> all = events.until("conversation_ended");
      assertThat(all.get(0).frameType()).isEqualTo("joined");
      assertThat(said(all)).containsExactly("tea", "Hello");
      assertThat(all.get(all.size() - 1).id()).isEqualTo("1-" + lastSeq(all));
    }
  }

  @Test
  void a_conversation_is_read_as_a_snapshot() throws Exception {
    serve(hubOf(saying("Hello")));
    String id = start();

    try (EventLine events =
        EventLine.open(served.root(), "/api/conversations/" + id + "/events?after=1-0")) {
      events.until("conversation_ended");
    }

    JsonNode snapshot = served.http().get("/api/conversations/" + id).json();
    assertThat(snapshot.get("state").asText()).isEqualTo("ended");
    assertThat(snapshot.at("/messages/1/content").asText()).isEqualTo("Hello");
  }

  @Test
  void an_unknown_conversation_is_a_problem_with_the_code_of_the_protocol() throws Exception {
    serve(hubOf(saying("Hello")));

    Answer missing = served.http().get("/api/conversations/never-given-out");

    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("content-type")).isEqualTo("application/problem+json");
    assertThat(missing.code()).isEqualTo("not_found");
  }

  /** Each event of a few messages is a place to cut, and there are three containers. */
  @TestFactory
  Stream<DynamicTest> the_events_conform() throws Exception {
    serve(
        hubOf(saying("One", ", two", ", three", " and", " a", " four", "."))
            .limits(Limits.builder().messagesPerMinute(0).startsPerMinute(0).build()));
    return ConformanceSuite.of(URI.create(served.root() + "/api")).strict().tests();
  }

  protected final String start() {
    return served.http().start();
  }

  private static List<String> said(List<EventLine.Event> events) {
    List<String> said = new ArrayList<>();
    for (EventLine.Event event : events) {
      if (event.frameType().equals("new_message")) {
        said.add(event.frame().at("/data/content").asText());
      }
    }
    return said;
  }

  private static long lastSeq(List<EventLine.Event> events) {
    return events.get(events.size() - 1).frame().get("seq").asLong();
  }
}
