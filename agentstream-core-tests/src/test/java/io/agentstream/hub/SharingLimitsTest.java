package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.sharing.NewShare;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.HubViewer;
import io.agentstream.wire.ShareAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many links there may be, who may have them, and what is kept of them. */
class SharingLimitsTest extends SharedHub {

  @Test
  void a_thousand_who_come_at_once_are_counted_and_fifty_of_them_named() {
    NewShare link = hub.sharing().share(id, ShareAccess.VIEW, null).toCompletableFuture().join();
    for (int i = 0; i < 1_000; i++) {
      HubViewer viewer = as(null);
      viewer.send("{\"type\":\"set_name\",\"data\":{\"name\":\"N" + i + "\"}}");
      join(viewer, id, link.token());
      viewer.connection().closed();
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(links().get(0).get("visits").asInt()).isEqualTo(1_000);
    assertThat(links().get(0).get("visitors")).hasSize(50);
  }

  @Test
  void a_conversation_has_no_more_links_than_it_may_and_expired_ones_do_not_count() {
    for (int i = 0; i < 20; i++) {
      share("view", i == 0 ? 10 : null);
    }
    String refused = answer(ann, "share_conversation", Commands.data("share_conversation", id));
    assertThat(refused).contains("limit_exceeded", "20");
    clock.advance(Duration.ofSeconds(10));
    share("view", null);
    assertThat(links()).hasSize(20);
  }

  @Test
  void a_server_can_forbid_links() {
    ConversationHub without = hub().linksPerConversation(0).build();
    HubViewer owner = as(without, "ann");
    String its = owner.start();
    assertThat(answer(owner, "share_conversation", Commands.data("share_conversation", its)))
        .contains("limit_exceeded", "lets nobody share");
  }

  @Test
  void a_conversation_without_a_known_owner_has_no_links_because_its_id_is_enough() {
    HubViewer nameless = as(null);
    String open = nameless.start();
    assertThat(answer(nameless, "share_conversation", Commands.data("share_conversation", open)))
        .contains("not_found", "anyone who knows its id");
  }

  @Test
  void tokens_cannot_be_guessed_and_nothing_that_is_kept_or_listed_has_one() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String token = share("view", null);
      assertThat(token).matches("[A-Za-z0-9_-]{43}");
      tokens.add(token);
      join(as("ben"), id, token);
    }
    assertThat(tokens).hasSize(20);
    String listed = links().toString();
    List<String> shown = new ArrayList<>(as("ben").socket().frames);
    shown.addAll(snapshotOf(ann));
    assertThat(tokens).noneMatch(token -> listed.contains(token));
    assertThat(tokens).noneMatch(token -> shown.toString().contains(token));
    assertThat(hub.sharing().list(id).toCompletableFuture().join().toString())
        .doesNotContain(tokens.iterator().next());
  }

  @Test
  void a_link_is_gone_with_its_conversation_and_an_unknown_one_cannot_be_revoked() {
    String token = share("view", null);
    HubViewer ben = as("ben");
    join(ben, id, token);
    String data = "{\"conversation_id\":\"" + id + "\",\"share_id\":\"none\"}";
    assertThat(answer(ann, "revoke_share", data)).contains("not_found", "no such link");

    ann.send(HubViewer.about("delete_conversation", id));

    assertThat(last(ben, "left").at("/data/reason").isMissingNode()).isTrue();
    assertThat(hub.sharing().list(id).toCompletableFuture().join()).isEmpty();
    assertThat(answer(ben, "join_conversation", joining(id, token))).contains("not_found");
  }

  @Test
  void the_application_shares_without_a_viewer() {
    NewShare made =
        hub.sharing()
            .share(id, ShareAccess.STEER, Duration.ofMinutes(1))
            .toCompletableFuture()
            .join();
    HubViewer ben = as("ben");
    join(ben, id, made.token());
    assertThat(answer(ben, "pause_conversation", data(id))).contains("accepted");
    assertThat(made.toString()).doesNotContain(made.token());

    assertThat(hub.sharing().revoke(id, made.share().shareId()).toCompletableFuture().join())
        .isTrue();
    assertThat(last(ben, "left").at("/data/reason").asText()).isEqualTo("share_ended");
    assertThat(hub.sharing().revoke(id, made.share().shareId()).toCompletableFuture().join())
        .isFalse();
  }
}
