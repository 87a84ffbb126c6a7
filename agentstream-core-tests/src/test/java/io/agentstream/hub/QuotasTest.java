package io.agentstream.hub;

import static io.agentstream.viewer.HubViewer.about;
import static io.agentstream.viewer.HubViewer.comingFrom;
import static io.agentstream.viewer.HubViewer.connect;
import static io.agentstream.viewer.HubViewer.forwarded;
import static io.agentstream.viewer.HubViewer.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.HubViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quotas of one viewer, and of all of them together. */
class QuotasTest {

  private static final String ADDRESS = "192.0.2.1";
  private static final String ONE_ROUND =
      """
      {"type":"start_conversation","data":{"topic":"Tea?","max_rounds":1}}""";

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();

  @Test
  void so_many_conversations_of_an_address_run_at_once_over_however_many_connections() {
    ConversationHub hub = hub(Quotas.builder().runningConversationsPerUser(2));
    String first = connect(hub, comingFrom(ADDRESS)).start();
    connect(hub, comingFrom(ADDRESS)).start();

    HubViewer third = connect(hub, comingFrom(ADDRESS)).send(HubViewer.START);
    assertThat(third.errors()).containsExactly("limit_exceeded");
    connect(hub, comingFrom("192.0.2.2")).start();

    third.send(about("stop_conversation", first));
    third.start();
    assertThat(hub.load().conversations()).isEqualTo(3);
  }

  @Test
  void a_refused_start_leaves_nothing_behind() {
    ConversationHub hub = hub(Quotas.builder().runningConversationsPerUser(1));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    viewer.start();
    viewer.send(HubViewer.START, 5);
    assertThat(hub.conversations()).hasSize(1);
    assertThat(hub.load().keptConversations()).isEqualTo(1);
  }

  @Test
  void a_request_that_comes_again_means_its_conversation_also_where_no_other_may_begin() {
    ConversationHub hub = hub(Quotas.builder().runningConversationsPerUser(1));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    String start =
        """
        {"type":"start_conversation","data":{"topic":"Tea?","request_id":"5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035"}}""";
    viewer.send(start, 2);
    assertThat(viewer.errors()).isEmpty();
    assertThat(viewer.socket().of("accepted")).hasSize(2);
    assertThat(hub.conversations()).hasSize(1);
  }

  @Test
  void what_is_said_after_an_end_counts_as_a_start() {
    model.always(call -> call.tokens("Yes.").complete());
    ConversationHub hub =
        builder(Quotas.builder()).limits(Limits.builder().startsPerMinute(2).build()).build();
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    String id = viewer.start();

    viewer.send(say(id, "And then?"), 2);

    assertThat(viewer.errors()).containsExactly("rate_limited");
    assertThat(viewer.socket().of("conversation_started")).hasSize(2);
    clock.advance(Duration.ofSeconds(15));
    viewer.send(HubViewer.PING);
    clock.advance(Duration.ofSeconds(15));
    viewer.send(say(id, "And then?"));
    assertThat(viewer.socket().of("conversation_started")).hasSize(3);
  }

  @Test
  void what_is_said_after_an_end_begins_no_run_where_too_many_run() {
    ConversationHub hub = hub(Quotas.builder().runningConversationsPerUser(1));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    String ended = viewer.start();
    viewer.send(about("stop_conversation", ended));
    viewer.start();
    viewer.send(say(ended, "And then?"));
    assertThat(viewer.errors()).containsExactly("limit_exceeded");
  }

  @Test
  void an_address_begins_no_more_conversations_by_connecting_again() {
    ConversationHub hub =
        builder(Quotas.builder()).limits(Limits.builder().startsPerMinute(3).build()).build();
    for (int i = 0; i < 3; i++) {
      HubViewer viewer = connect(hub, comingFrom(ADDRESS));
      viewer.start();
      viewer.connection().closed();
    }
    assertThat(connect(hub, comingFrom(ADDRESS)).send(HubViewer.START).errors())
        .containsExactly("rate_limited");
    connect(hub, comingFrom("192.0.2.2")).start();
  }

  @Test
  void all_of_whom_no_address_is_known_share_ten_times_as_much() {
    ConversationHub hub =
        builder(Quotas.builder()).limits(Limits.builder().startsPerMinute(1).build()).build();
    for (int i = 0; i < 10; i++) {
      connect(hub, comingFrom(null)).start();
    }
    assertThat(connect(hub, comingFrom(null)).send(HubViewer.START).errors())
        .containsExactly("rate_limited");
  }

  @Test
  void who_comes_through_a_proxy_does_not_count_for_its_address() {
    ConversationHub hub =
        builder(Quotas.builder()).limits(Limits.builder().startsPerMinute(1).build()).build();
    connect(hub, forwarded("192.0.2.1")).start();
    connect(hub, forwarded("192.0.2.2")).start();
    connect(hub, comingFrom("198.51.100.7")).start();
  }

  @Test
  void tokens_of_a_day_end_what_runs_and_refuse_what_would_begin() {
    model.always(call -> call.usage(90, 10).tokens("Yes.").complete());
    ConversationHub hub = hub(Quotas.builder().tokensPerDayPerUser(200));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    String id = viewer.start();

    JsonNode ended = viewer.socket().of("conversation_ended").get(0).get("data");
    assertThat(ended.get("reason").asText()).isEqualTo("budget");
    assertThat(ended.at("/usage/total_tokens").asInt()).isEqualTo(200);
    viewer.send(say(id, "Go on.")).send(HubViewer.START);
    assertThat(viewer.errors()).containsExactly("budget_exceeded", "budget_exceeded");
    clock.advance(Duration.ofHours(25));
    connect(hub, comingFrom(ADDRESS)).start();
  }

  @Test
  void calls_of_an_hour_are_bounded_whatever_a_model_server_counts() {
    model.always(call -> call.usage(0, 0).tokens("Yes.").complete());
    ConversationHub hub = hub(Quotas.builder().modelCallsPerHourPerUser(4));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    viewer.start();
    viewer.start();
    assertThat(model.calls()).hasSize(4);
    assertThat(viewer.send(HubViewer.START).errors()).containsExactly("budget_exceeded");
  }

  @Test
  void of_one_address_so_many_conversations_are_kept_and_the_first_to_end_makes_room() {
    ConversationHub hub = hub(Quotas.builder().keptConversationsPerUser(2));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    String running = viewer.start();
    String ended = viewer.start();
    viewer.send(about("stop_conversation", ended));
    assertThat(viewer.socket().of("left")).isEmpty();

    viewer.start();

    assertThat(hub.conversations()).hasSize(2);
    assertThat(hub.load().keptConversations()).isEqualTo(2);
    assertThat(viewer.socket().of("left")).hasSize(1);
    assertThat(viewer.socket().of("left").get(0).at("/data/conversation_id").asText())
        .isEqualTo(ended);
    viewer.send(about("join_conversation", ended)).send(about("join_conversation", running));
    assertThat(viewer.errors()).containsExactly("not_found");
  }

  @Test
  void what_a_viewer_has_not_received_yet_makes_room_only_after_everything_else() {
    model.always(call -> call.tokens("Yes.").complete());
    ConversationHub hub = hub(Quotas.builder().keptConversationsPerUser(2));
    HubViewer slow = connect(hub, comingFrom(ADDRESS));
    slow.socket().stick();
    slow.send(ONE_ROUND);
    HubViewer other = connect(hub, comingFrom(ADDRESS));
    String second = other.start();

    String third = other.start();

    assertThat(ids(other.socket().of("left"))).containsExactly(second);
    slow.socket().unstick();
    assertThat(slow.socket().of("conversation_ended")).hasSize(1);
    other.start();
    assertThat(ids(slow.socket().of("left"))).isEqualTo(ids(slow.socket().of("accepted")));
    assertThat(ids(other.socket().of("left"))).doesNotContain(third);
  }

  private static List<String> ids(List<JsonNode> frames) {
    return frames.stream().map(frame -> frame.at("/data/conversation_id").asText()).toList();
  }

  @Test
  void what_viewers_have_not_received_makes_room_where_there_is_nothing_else() {
    model.always(call -> call.tokens("Yes.").complete());
    ConversationHub hub = hub(Quotas.builder().keptConversationsPerUser(2));
    HubViewer slow = connect(hub, comingFrom(ADDRESS));
    slow.socket().stick();
    slow.send(ONE_ROUND, 5);
    assertThat(hub.load().keptConversations()).isEqualTo(2);
  }

  @Test
  void what_is_forgotten_before_its_time_leaves_no_alarm_behind() {
    model.always(call -> call.tokens("Yes.").complete());
    ConversationHub hub = hub(Quotas.builder().keptConversationsPerUser(1));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    viewer.start();
    int alarms = clock.alarms();
    for (int i = 0; i < 5; i++) {
      viewer.start();
    }
    assertThat(hub.conversations()).hasSize(1);
    assertThat(clock.alarms()).isEqualTo(alarms);
  }

  @Test
  void an_address_that_fills_its_share_of_the_memory_loses_its_own_and_nobody_elses() {
    String answer = "x".repeat(1_000);
    ConversationHub hub = hub(Quotas.builder().keptMegabytes(1));
    HubViewer other = connect(hub, comingFrom("192.0.2.2"));
    String theirs = other.start();
    model.next();
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    model.always(call -> call.tokens(answer).complete());
    for (int i = 0; i < 40; i++) {
      viewer.start();
    }

    assertThat(hub.load().keptBytes()).isBetween(100_000L, 1_048_576L / 4 + 100_000);
    assertThat(viewer.socket().of("left")).isNotEmpty();
    assertThat(viewer.errors()).isEmpty();
    assertThat(other.socket().of("left")).isEmpty();
    assertThat(other.socket().of("conversation_ended")).isEmpty();
    assertThat(other.send(about("pause_conversation", theirs)).errors()).isEmpty();
  }

  @Test
  void ended_conversations_make_room_for_the_next_one_in_a_full_memory() {
    model.always(call -> call.tokens("x".repeat(1_000)).complete());
    ConversationHub hub = hub(Quotas.builder().keptMegabytes(1));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    for (int i = 0; i < 50; i++) {
      viewer.send(ONE_ROUND);
    }

    assertThat(viewer.socket().of("left")).hasSizeGreaterThan(20);
    assertThat(viewer.socket().of("conversation_ended"))
        .hasSize(50)
        .allSatisfy(ended -> assertThat(ended.at("/data/reason").asText()).isEqualTo("max_rounds"));
  }

  @Test
  void what_may_run_by_default_fits_into_the_memory_for_conversations() {
    Quotas defaults = Quotas.defaults();
    long each = ConversationMeter.BASE_BYTES + ConversationMeter.CALL_BYTES;
    long memory = defaults.keptMegabytes() * 1024L * 1024;
    assertThat(defaults.runningConversations() * each).isBetween(memory / 2, memory / 5 * 4);
  }

  @Test
  void one_conversation_that_grows_beyond_the_share_of_its_address_ends_with_budget() {
    ConversationHub hub = hub(Quotas.builder().keptMegabytes(1));
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    viewer.start();
    model.next().tokens(List.of("x".repeat(30_000), "y".repeat(30_000)).toArray(String[]::new));
    assertThat(viewer.socket().of("conversation_ended").get(0).at("/data/reason").asText())
        .isEqualTo("budget");
  }

  @Test
  void nothing_is_counted_of_what_is_no_longer_kept() {
    model.always(call -> call.tokens("Yes.").complete());
    ConversationHub hub = hub(Quotas.builder());
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    viewer.start();
    assertThat(hub.load().keptBytes()).isPositive();
    clock.advance(Duration.ofMinutes(31));
    assertThat(hub.load().keptConversations()).isZero();
    assertThat(hub.load().keptBytes()).isZero();
    assertThat(hub.load().views()).isZero();
  }

  @Test
  void a_conversation_of_nobody_known_that_nobody_views_ends_soon() {
    ConversationHub hub = hub(Quotas.builder());
    HubViewer viewer = connect(hub, comingFrom(ADDRESS));
    viewer.start();
    viewer.connection().closed();
    clock.advance(Duration.ofSeconds(89));
    assertThat(hub.load().conversations()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(hub.load().conversations()).isZero();
  }

  @Test
  void anonymous_viewers_together_hold_so_many_connections() {
    ConversationHub hub = hub(Quotas.builder().anonymousConnections(2));
    HubViewer first = connect(hub, comingFrom(ADDRESS));
    connect(hub, comingFrom(null));
    HubViewer third = connect(hub, comingFrom("192.0.2.3"));
    assertThat(third.closeCode()).isEqualTo(4005);
    first.connection().closed();
    assertThat(connect(hub, comingFrom("192.0.2.3")).closeCode()).isZero();
  }

  @Test
  void the_original_dialect_is_spoken_only_where_it_is_wanted() {
    FakeTransport socket = new FakeTransport();
    builder(Quotas.builder()).originalDialect(false).build().connect(socket, true);
    assertThat(socket.closeCode).isEqualTo(4505);
    assertThat(socket.frames).isEmpty();
  }

  private ConversationHub hub(Quotas.Builder quotas) {
    return builder(quotas).build();
  }

  private ConversationHubBuilder builder(Quotas.Builder quotas) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .clock(clock)
        .executor(Runnable::run)
        .quotas(quotas.build());
  }
}
