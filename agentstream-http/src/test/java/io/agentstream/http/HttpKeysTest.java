package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.TokenIsUser;
import io.agentstream.identity.ConversationAccess;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The keys by which a client repeats a request. */
class HttpKeysTest extends ServedFixture {

  @Test
  void the_same_key_is_the_same_conversation_for_one_user_and_another_for_another()
      throws Exception {
    HttpAnswers http = serve(hub().authenticator(new TokenIsUser()));
    String id = start(http, "Authorization", "Bearer ann", "Idempotency-Key", "k");
    assertThat(start(http, "Authorization", "Bearer ann", "Idempotency-Key", "\"k\""))
        .isEqualTo(id);
    assertThat(start(http, "Authorization", "Bearer ben", "Idempotency-Key", "k")).isNotEqualTo(id);
    assertThat(start(http, "Authorization", "Bearer ann")).isNotEqualTo(id);
  }

  @Test
  void the_same_key_with_another_body_is_refused_and_starts_nothing() throws Exception {
    HttpAnswers http = serve(hub().authenticator(new TokenIsUser()));
    String[] keyed = {"Authorization", "Bearer ann", "Idempotency-Key", "k"};
    String id = start(http, keyed);
    for (String other :
        new String[] {
          "{\"topic\":\"Milk?\"}",
          "{\"topic\":\"tea\",\"max_rounds\":2}",
          "{\"topic\":\"tea\",\"max_rounds\":1,\"agents\":[\"Ada\"]}"
        }) {
      Answer refused = http.post("/api/conversations", other, keyed);
      assertThat(refused.status()).as(other).isEqualTo(422);
      assertThat(refused.code()).isEqualTo("invalid_field");
      assertThat(refused.response().body()).contains("Idempotency-Key").doesNotContain(id);
    }
    assertThat(start(http, keyed)).isEqualTo(id);
  }

  @Test
  void a_weak_key_of_a_viewer_whom_nobody_knows_means_nothing_in_another_network()
      throws Exception {
    HttpAnswers http = serve(hub().clientAddress(handshake -> handshake.header("Network")));
    String[] weakKeys = {
      "7f1c",
      "my-first-conversation",
      "0".repeat(32),
      "00000000-0000-4000-8000-000000000001",
      "abcabcab-abca-4bca-bcab-abcabcabcabc"
    };
    for (String weak : weakKeys) {
      String id = start(http, "Idempotency-Key", weak, "Network", "10.0.0.1");
      assertThat(start(http, "Idempotency-Key", weak, "Network", "10.0.0.1")).isEqualTo(id);
      assertThat(start(http, "Idempotency-Key", weak, "Network", "10.0.0.2")).isNotEqualTo(id);
    }
  }

  @Test
  void a_random_key_of_a_viewer_whom_nobody_knows_repeats_a_start_from_anywhere() throws Exception {
    HttpAnswers http = serve(hub().clientAddress(handshake -> handshake.header("Network")));
    UUID random = UUID.randomUUID();
    for (String key : new String[] {random.toString(), "start-" + random}) {
      String id = start(http, "Idempotency-Key", key, "Network", "10.0.0.1");
      assertThat(start(http, "Idempotency-Key", key, "Network", "10.0.0.2")).isEqualTo(id);
    }
  }

  @Test
  void a_message_with_the_same_key_and_another_content_is_refused() throws Exception {
    HttpAnswers http = serve(hub());
    String messages = "/api/conversations/" + start(http) + "/messages";
    assertThat(http.post(messages, "{\"content\":\"Aa\"}", "Idempotency-Key", "k").status())
        .isEqualTo(202);
    Answer refused = http.post(messages, "{\"content\":\"BB\"}", "Idempotency-Key", "k");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("invalid_field");
  }

  @Test
  void a_message_with_the_same_key_and_another_moment_is_refused() throws Exception {
    HttpAnswers http = serve(hub());
    String messages = "/api/conversations/" + start(http) + "/messages";
    String milk = "{\"content\":\"milk\"}";
    assertThat(http.post(messages, milk, "Idempotency-Key", "k").status()).isEqualTo(202);
    Answer refused =
        http.post(messages, "{\"content\":\"milk\",\"interrupt\":true}", "Idempotency-Key", "k");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("invalid_field");
  }

  @Test
  void the_same_key_of_another_user_is_another_message() throws Exception {
    HttpAnswers http =
        serve(hub().authenticator(new TokenIsUser()).access(ConversationAccess.everybody()));
    String id = start(http, "Authorization", "Bearer ann");
    String messages = "/api/conversations/" + id + "/messages";
    for (String user : new String[] {"ann", "ben", "ben", "ann"}) {
      String[] keyed = {"Authorization", "Bearer " + user, "Idempotency-Key", "1"};
      Answer sent = http.post(messages, "{\"content\":\"milk\",\"interrupt\":true}", keyed);
      assertThat(sent.status()).as(sent.response().body()).isEqualTo(202);
      assertThat(http.post(messages, "{\"content\":\"cake\"}", keyed).status()).isEqualTo(422);
    }
    String snapshot =
        http.get("/api/conversations/" + id, "Authorization", "Bearer ann").response().body();
    assertThat(snapshot.split("\"content\":\"milk\"", -1)).hasSize(3);
  }

  @Test
  void a_message_with_the_same_key_is_added_once() throws Exception {
    HttpAnswers http = serve(hub());
    String id = start(http);
    String messages = "/api/conversations/" + id + "/messages";
    for (int i = 0; i < 3; i++) {
      Answer sent =
          http.post(
              messages, "{\"content\":\"milk\",\"interrupt\":true}", "Idempotency-Key", "same");
      assertThat(sent.status()).as(sent.response().body()).isEqualTo(202);
    }
    String snapshot = http.get("/api/conversations/" + id).response().body();
    assertThat(snapshot.split("\"content\":\"milk\"", -1)).hasSize(2);
  }
}
