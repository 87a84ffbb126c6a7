package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.EventLine;
import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of events: the heartbeat, clients that are slow, and places to continue from. */
class HttpEventsTest {

  private static final Duration HEARTBEAT = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TOKEN = "x".repeat(99) + " ";

  /** Far more than the buffers between the server and a client hold. */
  private static final int TOKENS = 20_000;

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private ServedDoors served;

  @AfterEach
  void stop() throws Exception {
    if (served != null) {
      served.stop();
    }
  }

  private ConversationHubBuilder hub() {
    return ConversationHub.builder()
        .agents(Agent.builder("Ada").model(model).build())
        .defaultMaxRounds(3)
        .clock(clock);
  }

  private void serve(ConversationHubBuilder hub) throws Exception {
    served = ServedDoors.start(new JettyServer(), hub, clock);
  }

  private EventLine open(String id, String query, String... headers) throws IOException {
    String path = "/api/conversations/" + id + "/events" + query;
    EventLine line = EventLine.open(served.root(), path, headers);
    assertThat(line.status()).isEqualTo(200);
    return line;
  }

  @Test
  void a_quiet_stream_gets_a_comment_with_each_heartbeat_and_goes_on() throws Exception {
    serve(hub().timeouts(Timeouts.builder().stuckWrite(Duration.ofDays(1)).build()));
    String id = served.http().start();
    ScriptedCall ada = model.awaitNext();
    try (EventLine events = open(id, "")) {
      events.until("snapshot");
      clock.awaitAlarm(HEARTBEAT);

      clock.advance(HEARTBEAT);
      readUntil(events, ": ping");
      // The stream goes on, so the ping has been answered in the client's place.
      ada.tokens("Still ");
      events.until("streaming_token");
      clock.awaitAlarm(PATIENCE);
      clock.advance(PATIENCE);
      clock.awaitAlarm(PATIENCE);
      clock.advance(PATIENCE);
      readUntil(events, ": ping");

      ada.tokens("here.");
      assertThat(events.next().frame().at("/data/token").asText()).isEqualTo("here.");
    }
  }

  private static void readUntil(EventLine events, String comment) throws IOException {
    String line = events.bodyLine();
    while (!comment.equals(line)) {
      assertThat(line).as("the stream has ended before " + comment).isNotNull();
      line = events.bodyLine();
    }
  }

  @Test
  void a_client_that_is_held_up_gets_all_tokens_in_fewer_events() throws Exception {
    serve(longAnswer());
    String id = served.http().start();
    ScriptedCall ada = model.awaitNext();
    try (EventLine slow = openNarrow(id)) {
      slow.until("snapshot");
      speak(ada);
      Eventually.await("the conversation is over", () -> snapshot(id).contains("\"ended\""));

      List<EventLine.Event> tokens =
          slow.until("conversation_ended").stream()
              .filter(event -> event.frameType().equals("streaming_token"))
              .toList();

      String text =
          tokens.stream()
              .map(token -> token.frame().at("/data/token").asText())
              .collect(Collectors.joining());
      assertThat(text).isEqualTo(TOKEN.repeat(TOKENS));
      assertThat(tokens).hasSizeLessThan(TOKENS);
      JsonNode first = tokens.get(0).frame();
      long next = first.path("from_seq").asLong(first.path("seq").asLong());
      for (EventLine.Event token : tokens) {
        long seq = token.frame().path("seq").asLong();
        assertThat(token.frame().path("from_seq").asLong(seq)).isEqualTo(next);
        assertThat(token.id()).isEqualTo("1-" + seq);
        next = seq + 1;
      }
    }
  }

  @Test
  void a_client_that_takes_no_bytes_is_dropped_and_another_gets_all() throws Exception {
    serve(longAnswer());
    String id = served.http().start();
    ScriptedCall ada = model.awaitNext();
    try (EventLine stuck = openNarrow(id)) {
      stuck.until("snapshot");
      speak(ada);
      Eventually.await("the conversation is over", () -> snapshot(id).contains("\"ended\""));

      Eventually.await(
          "the client that takes no bytes is dropped",
          () -> {
            // A write that is stuck may begin only after the clock was advanced.
            clock.advance(PATIENCE);
            return served.hub().load().views() == 0;
          });

      assertThat(rest(stuck)).doesNotContain("conversation_ended");
      assertThat(snapshot(id)).contains(TOKEN.repeat(TOKENS));
    }
  }

  /** One answer that is longer than the buffers, with no time limit but that for a stuck write. */
  private ConversationHubBuilder longAnswer() {
    return hub()
        .defaultMaxRounds(1)
        .limits(
            Limits.builder()
                .maxAnswerChars(10 * TOKENS * TOKEN.length())
                .journalChars(10 * TOKENS * TOKEN.length())
                .journalEvents(10 * TOKENS)
                .build())
        .timeouts(
            Timeouts.builder()
                .heartbeat(Duration.ofDays(24))
                .endedConversation(Duration.ofDays(24))
                .build());
  }

  private static void speak(ScriptedCall call) {
    for (int i = 0; i < TOKENS; i++) {
      call.tokens(TOKEN);
    }
    call.complete();
  }

  private EventLine openNarrow(String id) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(served.root().getHost(), served.root().getPort()));
    return EventLine.open(socket, served.root(), "/api/conversations/" + id + "/events");
  }

  private String snapshot(String id) {
    return served.http().get("/api/conversations/" + id).response().body();
  }

  /** Returns what still comes until the server closes or resets the connection. */
  private static String rest(EventLine events) {
    StringBuilder rest = new StringBuilder();
    try {
      for (String line = events.bodyLine(); line != null; line = events.bodyLine()) {
        rest.append(line).append('\n');
      }
    } catch (IOException e) {
      // The client gets no more than it has.
    }
    return rest.toString();
  }

  @Test
  void a_stream_goes_on_after_any_event_that_the_client_names() throws Exception {
    serve(hub());
    List<EventLine.Event> all = wholeConversation();
    String id = conversationOf(all);

    assertThat(all).hasSizeGreaterThan(10);
    for (int seen = 0; seen < all.size() - 1; seen++) {
      String place = all.get(seen).id();
      List<EventLine.Event> missed = all.subList(seen + 1, all.size());
      assertThat(replayed(id, "", "Last-Event-ID: " + place)).isEqualTo(missed);
      assertThat(replayed(id, "?after=" + place)).isEqualTo(missed);
      // A browser that reconnects repeats the address and adds the header.
      assertThat(replayed(id, "?after=1-1", "Last-Event-ID: " + place)).isEqualTo(missed);
      assertThat(replayed(id, "?after=" + place, "Last-Event-ID:")).isEqualTo(missed);
    }
  }

  @Test
  void a_place_that_the_journal_no_longer_has_gets_a_snapshot_and_what_comes_after_it()
      throws Exception {
    // More than the events of the next run: however slow the stream is, it has no gap in them.
    serve(hub().limits(Limits.builder().journalEvents(50).build()));
    String id = served.http().start();
    answerAll(Collections.nCopies(50, "Yes.").toArray(String[]::new));
    Eventually.await("the conversation is over", () -> snapshot(id).contains("\"ended\""));

    for (String place : List.of("1-1", "7-3")) {
      try (EventLine events = open(id, "", "Last-Event-ID: " + place)) {
        assertThat(events.next().frameType()).isEqualTo("joined");
        EventLine.Event snapshot = events.next();
        assertThat(snapshot.frameType()).isEqualTo("snapshot");
        assertThat(snapshot.frame().at("/data/messages")).hasSizeGreaterThan(3);
        String said = "{\"content\":\"And milk?\"}";
        assertThat(served.http().post("/api/conversations/" + id + "/messages", said).status())
            .isEqualTo(202);
        long next = Long.parseLong(snapshot.id().substring("1-".length())) + 1;
        assertThat(events.next().id()).isEqualTo("1-" + next);
        answerAll("No.");
        events.until("conversation_ended");
      }
    }
  }

  /** Has each of the three turns of a run say this; one token cannot be merged with others. */
  private void answerAll(String... tokens) throws Exception {
    for (int i = 0; i < 3; i++) {
      model.awaitNext().tokens(tokens).complete();
    }
  }

  private List<EventLine.Event> wholeConversation() throws Exception {
    String id = served.http().start();
    answerAll("Yes.");
    return replayed(id, "?after=1-0");
  }

  private static String conversationOf(List<EventLine.Event> events) {
    return events.get(0).frame().path("conversation_id").asText();
  }

  /** Returns the events of a stream from its beginning to the conversation's end. */
  private List<EventLine.Event> replayed(String id, String query, String... headers)
      throws IOException {
    try (EventLine events = open(id, query, headers)) {
      List<EventLine.Event> all = events.until("conversation_ended");
      assertThat(all.get(0).frameType()).isEqualTo("joined");
      return List.copyOf(all.subList(1, all.size()));
    }
  }
}
