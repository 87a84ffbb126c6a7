package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.TokenIsUser;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.settings.Limits;
import io.agentstream.test.EventLine;
import io.agentstream.test.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, origins, cookies and tickets over HTTP. */
class HttpUsersTest extends ServedFixture {

  private static final String[] ANN = {"Authorization", "Bearer ann"};
  private static final String[] BEN = {"Authorization", "Bearer ben"};

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "GET, /events",
    "GET, /events?after=1-3",
    "PATCH, ''",
    "DELETE, ''",
    "POST, /messages",
    "POST, /answers",
    "POST, /stop",
    "POST, /stop-speaker",
    "POST, /pause",
    "POST, /unpause",
    "GET, /shares",
    "POST, /shares",
    "DELETE, /shares/s1",
    "POST, /typing"
  })
  void what_belongs_to_another_does_not_exist_to_the_letter(String method, String path)
      throws Exception {
    HttpAnswers http = serve(hub().authenticator(new TokenIsUser()));
    String id = start(http, ANN);
    String body =
        method.equals("GET")
            ? null
            : "{\"content\":\"x\",\"request_id\":\"r\",\"title\":\"t\",\"access\":\"view\"}";

    Answer others = http.send(method, "/api/conversations/" + id + path, body, BEN);
    Answer nobodys =
        http.send(method, "/api/conversations/AAAAAAAAAAAAAAAAAAAAAA" + path, body, BEN);

    assertThat(others.status()).isEqualTo(404);
    assertThat(others.response().body()).isEqualTo(nobodys.response().body());
    assertThat(others.code()).isEqualTo("not_found");
    assertThat(http.get("/api/conversations/" + id, ANN).status()).isEqualTo(200);
    assertThat(http.get("/api/conversations", BEN).json().get("conversations")).isEmpty();
    assertThat(http.get("/api/conversations", ANN).json().get("conversations")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic YW5uOmFubg==", "ann", ""})
  void who_is_not_known_gets_401_and_is_asked_for_a_token(String authorization) throws Exception {
    HttpAnswers http = serve(hub().authenticator(new TokenIsUser()));
    for (String path :
        new String[] {"/api/agents", "/api/welcome", "/api/conversations/x/events"}) {
      Answer answer = http.get(path, "Authorization", authorization);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("unauthenticated");
      assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    }
    assertThat(http.post("/api/tickets", null, "Authorization", authorization).status())
        .isEqualTo(401);
  }

  @Test
  void a_viewer_whom_nobody_knows_gives_a_name_with_each_call() throws Exception {
    HttpAnswers http = serve(hub());
    String id = start(http);
    String messages = "/api/conversations/" + id + "/messages";
    String said = "{\"content\":\"milk\",\"interrupt\":true}";
    assertThat(http.post(messages, said, "Agentstream-Name", "Zo%C3%AB").status()).isEqualTo(202);
    assertThat(http.get("/api/conversations/" + id).response().body()).contains("Zoë");
    String unheard = "{\"content\":\"unheard\",\"interrupt\":true}";
    assertThat(http.post(messages, unheard, "Agentstream-Name", "a%0Ab").status()).isEqualTo(422);
    assertThat(http.post(messages, unheard, "Agentstream-Name", "%zz").status()).isEqualTo(422);
    assertThat(http.post(messages, said, "Agentstream-Name", "Zo%C3%AB").status()).isEqualTo(202);
    assertThat(http.get("/api/conversations/" + id).response().body()).doesNotContain("unheard");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, same, 201",
    "Sec-Fetch-Site, same-origin, 201",
    "Sec-Fetch-Site, none, 201",
    "X-Other, x, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Origin, http://evil.test, 403",
    "Origin, null, 403"
  })
  void a_cookie_counts_only_from_a_page_of_the_server(String header, String value, int status)
      throws Exception {
    HttpAnswers http = serve(hub().authenticator(new TokenIsUser()));
    String sent = value.equals("same") ? served.root().toString() : value;
    Answer answer = http.post("/api/conversations", START, "Cookie", "login=ann", header, sent);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(served.hub().conversations()).hasSize(status == 201 ? 1 : 0);
  }

  @Test
  void no_page_of_another_origin_may_read_unless_its_origin_is_listed() throws Exception {
    HttpAnswers http = serve(hub());
    String own = served.root().toString();
    assertThat(http.get("/api/agents", "Origin", own).header("access-control-allow-origin"))
        .isNull();
    assertThat(http.send("OPTIONS", "/api/agents", null, "Origin", own).status()).isEqualTo(405);
    served.stop();

    HttpAnswers listing =
        serve(hub().allowedOrigins(AllowedOrigins.of("https://chat.example.com")));
    Answer preflight =
        listing.send("OPTIONS", "/api/agents", null, "Origin", "https://chat.example.com");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-headers")).contains("Authorization");
    Answer ofAnotherClient =
        listing.send(
            "OPTIONS",
            "/api/agents",
            null,
            "Origin",
            "https://chat.example.com",
            "Access-Control-Request-Headers",
            "authorization,x-stainless-os");
    assertThat(ofAnotherClient.header("access-control-allow-headers")).contains("x-stainless-os");
    Answer read = listing.get("/api/agents", "Origin", "https://chat.example.com");
    assertThat(read.header("access-control-allow-origin")).isEqualTo("https://chat.example.com");
    assertThat(read.header("vary")).isEqualTo("Origin");
    Answer foreign = listing.get("/api/agents", "Origin", "https://evil.example.com");
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.header("access-control-allow-origin")).isNull();
    assertThat(
            listing
                .send("OPTIONS", "/api/agents", null, "Origin", "https://evil.example.com")
                .header("access-control-allow-methods"))
        .isNull();
  }

  @Test
  void a_ticket_opens_one_stream_for_its_user_and_no_second_one() throws Exception {
    HttpAnswers http = serve(hub().authenticator(new TokenIsUser()));
    String id = start(http, ANN);
    Answer given = http.post("/api/tickets", null, ANN);
    assertThat(given.status()).isEqualTo(201);
    assertThat(given.json().get("expires_in_ms").asLong()).isEqualTo(30_000);
    String stream =
        "/api/conversations/" + id + "/events?ticket=" + given.json().get("ticket").asText();

    try (EventLine events = EventLine.open(served.root(), stream)) {
      assertThat(events.status()).isEqualTo(200);
      assertThat(events.until("snapshot")).isNotEmpty();
    }
    assertThat(http.get(stream).status()).isEqualTo(401);
    String other = http.post("/api/tickets", null, BEN).json().get("ticket").asText();
    assertThat(http.get("/api/conversations/" + id + "/events?ticket=" + other).status())
        .isEqualTo(404);
  }

  @Test
  void a_user_has_no_more_streams_than_connections_and_no_more_requests_than_messages()
      throws Exception {
    HttpAnswers http =
        serve(
            hub()
                .authenticator(new TokenIsUser())
                .limits(Limits.builder().connectionsPerUser(2).messagesPerMinute(8).build()));
    String id = start(http, ANN);
    awaitNobody();
    String events = "/api/conversations/" + id + "/events";
    String header = "Authorization: Bearer ann";
    try (EventLine one = EventLine.open(served.root(), events, header);
        EventLine two = EventLine.open(served.root(), events, header)) {
      one.until("snapshot");
      two.until("snapshot");
      Answer third = http.get(events, ANN);
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.code()).isEqualTo("rate_limited");
      assertThat(third.header("retry-after")).isNotNull();
    }
    Answer answer = http.get("/api/agents", BEN);
    for (int i = 0; i < 20 && answer.status() == 200; i++) {
      answer = http.get("/api/agents", BEN);
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("rate_limited");
  }

  /**
   * A container drops what is written to a HEAD, so nobody would notice that the client has gone.
   */
  @Test
  void a_head_never_becomes_a_viewer() throws Exception {
    HttpAnswers http = serve(hub());
    String id = start(http);
    for (String path : new String[] {"/api/agents", "/api/conversations/" + id + "/events"}) {
      Answer refused = http.send("HEAD", path, null);
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("Allow")).contains("GET");
    }
    awaitNobody();
  }

  /** A call leaves the hub a moment after its response has reached the client. */
  private void awaitNobody() {
    Eventually.await("no call is a viewer", () -> served.hub().load().connections() == 0);
  }

  @Test
  void a_deleted_conversation_ends_its_streams_with_left() throws Exception {
    HttpAnswers http = serve(hub());
    String id = start(http);
    try (EventLine events = EventLine.open(served.root(), "/api/conversations/" + id + "/events")) {
      events.until("snapshot");
      assertThat(http.send("DELETE", "/api/conversations/" + id, null).status()).isEqualTo(200);
      events.until("left");
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void a_server_that_goes_down_says_so_at_the_end_of_each_stream() throws Exception {
    HttpAnswers http = serve(hub());
    String id = start(http);
    try (EventLine events = EventLine.open(served.root(), "/api/conversations/" + id + "/events")) {
      events.until("snapshot");
      served.hub().close();
      EventLine.Event last = events.next();
      for (EventLine.Event next = last; next != null; next = events.next()) {
        last = next;
      }
      assertThat(last.type()).isEqualTo("close");
      assertThat(last.frame().get("code").asInt()).isEqualTo(1001);
    }
    assertThat(http.get("/api/agents").code()).isEqualTo("unavailable");
  }
}
