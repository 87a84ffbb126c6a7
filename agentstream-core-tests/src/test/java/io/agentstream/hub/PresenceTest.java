package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.User;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.HubViewer;
import io.agentstream.wire.ShareAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is here and who types. */
class PresenceTest {

  private static final Duration PAUSE = Duration.ofMillis(1_100);

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final FakeAuthenticator authenticator =
      new FakeAuthenticator()
          .withoutCookie(Authentication.anonymous())
          .knows("ann", Authentication.of(User.of("ann", "Anna")))
          .knows("otto", Authentication.of(User.of("o", "Otto")));
  private final ConversationHub hub = builder().build();
  private final HubViewer starter = as(null);
  private final String id = starter.start();

  @Test
  void those_who_take_part_see_each_other_and_nobody_else_is_seen_or_told() {
    HubViewer ann = attend(as("ann"));
    HubViewer nameless = attend(as(null));
    clock.advance(PAUSE);

    for (HubViewer viewer : List.of(ann, nameless)) {
      assertThat(last(viewer).get("viewers").asInt()).isEqualTo(2);
      assertThat(last(viewer).findValuesAsText("name")).containsExactly("Anna");
      assertThat(last(viewer).get("people")).hasSize(2);
    }
    assertThat(starter.socket().of("presence")).isEmpty();
    HubViewer without = as("ann");
    without.send(HubViewer.about("join_conversation", id));
    clock.advance(PAUSE);
    assertThat(last(ann).get("viewers").asInt()).isEqualTo(2);
    assertThat(without.socket().of("presence")).isEmpty();
  }

  @Test
  void who_leaves_or_is_gone_is_no_longer_here() {
    HubViewer ann = attend(as("ann"));
    HubViewer second = attend(as("ann"));
    HubViewer nameless = attend(as(null));
    clock.advance(PAUSE);
    assertThat(last(ann).get("viewers").asInt()).isEqualTo(3);
    assertThat(last(ann).get("people")).hasSize(2);

    second.send(HubViewer.about("leave_conversation", id));
    nameless.connection().closed();
    clock.advance(PAUSE);

    assertThat(last(ann).get("viewers").asInt()).isEqualTo(1);
    assertThat(last(ann).get("people")).hasSize(1);
    int told = second.socket().of("presence").size();
    attend(as(null));
    clock.advance(PAUSE);
    assertThat(second.socket().of("presence")).hasSize(told);
  }

  @Test
  void who_types_is_seen_to_until_silent_or_sent() {
    HubViewer ann = attend(as("ann"));
    HubViewer nameless = attend(as(null));
    clock.advance(PAUSE);
    nameless.send(HubViewer.about("typing", id));
    clock.advance(PAUSE);
    assertThat(last(ann).get("typing").asInt()).isEqualTo(1);
    assertThat(last(ann).at("/people/1/typing").asBoolean()).isTrue();
    assertThat(last(ann).at("/people/0").has("typing")).isFalse();

    clock.advance(Duration.ofSeconds(4));
    nameless.send(HubViewer.about("typing", id));
    clock.advance(Duration.ofSeconds(5));
    assertThat(last(ann).get("typing").asInt()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(2));
    assertThat(last(ann).get("typing").asInt()).isZero();

    nameless.send(HubViewer.about("typing", id));
    clock.advance(PAUSE);
    assertThat(last(ann).get("typing").asInt()).isEqualTo(1);
    nameless.send(HubViewer.say(id, "Green."));
    clock.advance(PAUSE);
    assertThat(last(ann).get("typing").asInt()).isZero();
  }

  @Test
  void a_name_that_could_be_an_agents_is_marked_and_a_new_name_is_told() {
    HubViewer ann = attend(as("ann"));
    HubViewer otto = attend(as("otto"));
    HubViewer other = attend(as(null));
    other.send("{\"type\":\"set_name\",\"data\":{\"name\":\"System\"}}");
    clock.advance(PAUSE);
    assertThat(last(ann).findValuesAsText("name"))
        .containsExactly("Anna", "Otto (person)", "System (person)");
    other.send("{\"type\":\"set_name\",\"data\":{\"name\":\"Dora\"}}");
    clock.advance(PAUSE);
    assertThat(last(otto).findValuesAsText("name")).contains("Dora");
  }

  @Test
  void a_thousand_viewers_are_a_number_and_cost_each_a_few_frames() {
    List<HubViewer> crowd = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      crowd.add(attend(as(null)));
    }
    clock.advance(Duration.ofSeconds(4));

    HubViewer first = crowd.get(0);
    assertThat(last(first).get("viewers").asInt()).isEqualTo(1_000);
    assertThat(last(first).has("people")).isFalse();
    assertThat(first.socket().of("presence").size()).isLessThan(5);
    int before = frames(crowd);
    for (HubViewer viewer : crowd) {
      viewer.send(HubViewer.about("typing", id));
    }
    clock.advance(Duration.ofSeconds(4));
    assertThat(last(first).get("typing").asInt()).isEqualTo(100);
    assertThat(frames(crowd) - before).isLessThan(3_000);
    assertThat(first.socket().of("presence"))
        .allSatisfy(frame -> assertThat(frame.toString().length()).isLessThan(4_000));
  }

  @Test
  void a_slow_viewer_gets_the_newest_state_and_no_pile_of_old_ones() {
    HubViewer slow = as("ann");
    slow.socket().stick();
    attend(slow);
    for (int i = 0; i < 12; i++) {
      attend(as(null));
      clock.advance(Duration.ofMillis(1_200));
      slow.connection().pongReceived();
    }
    assertThat(slow.closeCode()).isZero();
    for (int i = 0; i < 60; i++) {
      slow.socket().takeOne();
    }
    assertThat(last(slow).get("viewers").asInt()).isEqualTo(13);
    assertThat(slow.socket().of("presence").size()).isLessThan(4);
  }

  @Test
  void who_may_only_view_is_seen_and_cannot_type_and_is_out_when_the_link_ends() {
    HubViewer ann = as("ann");
    String hers = ann.start();
    ann.send(join(hers, ",\"presence\":true"));
    var link = hub.sharing().share(hers, ShareAccess.VIEW, null).toCompletableFuture().join();
    HubViewer guest = as(null);
    guest.send(join(hers, ",\"presence\":true,\"share_token\":\"" + link.token() + "\""));
    clock.advance(PAUSE);
    assertThat(last(ann).get("viewers").asInt()).isEqualTo(2);
    guest.send(HubViewer.about("typing", hers));
    assertThat(guest.errors()).containsExactly("not_found");

    hub.sharing().revoke(hers, link.share().shareId()).toCompletableFuture().join();
    clock.advance(PAUSE);
    assertThat(last(ann).get("viewers").asInt()).isEqualTo(1);
    assertThat(guest.socket().of("left")).hasSize(1);
  }

  @Test
  void presence_is_in_no_journal_and_a_server_can_turn_it_off() {
    HubViewer ann = attend(as("ann"));
    ann.send(HubViewer.about("typing", id));
    HubViewer late = as(null);
    late.send(join(id, ",\"epoch\":1,\"after_seq\":0"));
    assertThat(late.socket().of("presence")).isEmpty();

    ConversationHub off = builder().presence(false).build();
    HubViewer viewer = HubViewer.connect(off, HubViewer.comingFrom("192.0.2.1"));
    String there = viewer.start();
    viewer.send(join(there, ",\"presence\":true"));
    viewer.send(HubViewer.about("typing", there));
    clock.advance(PAUSE);
    assertThat(viewer.socket().of("presence")).isEmpty();
    assertThat(viewer.errors()).isEmpty();
  }

  private static int frames(List<HubViewer> viewers) {
    return viewers.stream().mapToInt(viewer -> viewer.socket().frames.size()).sum()
        - viewers.stream().mapToInt(viewer -> viewer.socket().of("accepted").size()).sum();
  }

  private HubViewer attend(HubViewer viewer) {
    return viewer.send(join(id, ",\"presence\":true"));
  }

  private static String join(String id, String more) {
    return "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\""
        + id
        + "\""
        + more
        + "}}";
  }

  private static JsonNode last(HubViewer viewer) {
    List<JsonNode> frames = viewer.socket().of("presence");
    assertThat(frames).isNotEmpty();
    return frames.get(frames.size() - 1).get("data");
  }

  private ConversationHubBuilder builder() {
    return SharedHub.unlimited(model, authenticator, clock)
        .timeouts(Timeouts.builder().stuckWrite(Duration.ofHours(1)).build());
  }

  private HubViewer as(String user) {
    return SharedHub.as(hub, user);
  }
}
