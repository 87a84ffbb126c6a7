package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.NodeTests;
import io.agentstream.redis.RedisProcess;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two servers on one Redis, for clients over HTTP; the one that runs a conversation is killed. */
@Timeout(300)
@ExtendWith(FailureReport.class)
class HttpOverNodesIT {

  private static final String TEAMS =
      """
      version: 1
      agents: [{name: Ann}, {name: Ben}, {name: Cat}]
      teams: [{name: tea, participants: [Ann, Ben, Cat], max_rounds: 1}]
      """;
  private static final String START = "/api/conversations";
  private static final String TOPIC = "{\"topic\":\"Tea?\",\"team\":\"tea\"}";
  private static final String MILK = "{\"content\":\"And milk?\"}";

  private final RedisProcess redis = RedisProcess.start();

  /** The owner is killed during the second answer, which lasts ten seconds unless it is killed. */
  private final CompletionServer model =
      CompletionServer.start(new PacedScript(100, 15).slow(2, 100));

  private Nodes nodes;

  @BeforeEach
  void start() {
    nodes = Nodes.withTeams(2, redis, model.baseUrl(), TEAMS);
  }

  @AfterEach
  void stop() {
    nodes.close();
    model.close();
    redis.close();
  }

  private HttpAnswers at(int node) {
    return new HttpAnswers(nodes.node(node).http(""));
  }

  @Test
  void a_key_means_the_same_request_at_every_node_and_after_its_owner_was_killed() {
    String key = UUID.randomUUID().toString();
    String id = started(0, key);
    String messages = START + "/" + id + "/messages";
    Answer said = answered(() -> at(0).post(messages, MILK, "Idempotency-Key", "1"));
    assertThat(said.status()).as(said.response().body()).isEqualTo(202);
    assertRepeats(key, id, messages);
    nodes.kill(0);
    assertRepeats(key, id, messages);
    String snapshot = answered(() -> at(1).get(START + "/" + id)).response().body();
    assertThat(snapshot).containsOnlyOnce("\"content\":\"And milk?\"").doesNotContain("Cake?");
  }

  private String started(int node, String key) {
    Answer answer = answered(() -> at(node).post(START, TOPIC, "Idempotency-Key", key));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("conversation_id").asText();
  }

  private void assertRepeats(String key, String id, String messages) {
    assertThat(started(1, key)).isEqualTo(id);
    String cake = TOPIC.replace("Tea?", "Cake?");
    assertRefused(answered(() -> at(1).post(START, cake, "Idempotency-Key", key)));
    Answer repeated = answered(() -> at(1).post(messages, MILK, "Idempotency-Key", "1"));
    assertThat(repeated.status()).as(repeated.response().body()).isEqualTo(202);
    String other = "{\"content\":\"Cake?\"}";
    assertRefused(answered(() -> at(1).post(messages, other, "Idempotency-Key", "1")));
  }

  /** Asks as often as the server wants: a takeover may last longer than a request waits. */
  private static Answer answered(Supplier<Answer> request) {
    Answer answer = request.get();
    while (answer.status() == 503) {
      Attempts.pause();
      answer = request.get();
    }
    return answer;
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("invalid_field");
  }

  @Test
  void the_official_client_of_ag_ui_joins_a_run_again_whose_node_was_killed() throws Exception {
    NodeTests.needClients();
    NodeTests.run(
        "agui-nodes.test.mjs",
        nodes.node(0).http(""),
        Map.of(
            "AGENTSTREAM_OTHER",
            nodes.node(1).http("").toString(),
            "AGENTSTREAM_PID",
            String.valueOf(nodes.node(0).pid())));
  }
}
