package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.EngineDocuments;
import io.agentstream.store.Store;
import io.agentstream.store.StoredConversation;
import io.agentstream.store.StoredMessage;
import io.agentstream.wire.Snapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks what every {@link Store} has to do. Extend it and say how to make one:
 *
 * <pre>{@code
 * class MyStoreTest extends StoreContract {
 *   protected Store store() { return mine; }
 * }
 * }</pre>
 */
@Timeout(180)
public abstract class StoreContract extends StoreListContract {

  @Test
  void writes_that_are_made_together_are_all_made_or_none() {
    ConversationInfo first = new ConversationInfo("first", ANN, "Tea?", List.of("Ann"), START);
    ConversationInfo second = new ConversationInfo("second", ANN, "Tea?", List.of("Ann"), START);
    boolean can =
        store()
            .together(
                () -> {
                  store().add(first);
                  store().rename(first.conversationId(), "Tea");
                });
    assertThat(store().find(first.conversationId()).isPresent()).isEqualTo(can);
    RuntimeException defect = new IllegalStateException("a defect");
    if (can) {
      assertThatThrownBy(
              () ->
                  store()
                      .together(
                          () -> {
                            store().add(second);
                            throw defect;
                          }))
          .isSameAs(defect);
      assertThat(reopened().find(second.conversationId())).isEmpty();
      assertThat(store().load(first.conversationId()).orElseThrow().title()).isEqualTo("Tea");
    }
  }

  @Test
  void what_was_never_added_is_not_there() {
    assertThat(store().load("x")).isEmpty();
    assertThat(store().find("x")).isEmpty();
    assertThat(store().states(List.of("x"))).isEmpty();
    assertThat(store().claim("x")).isZero();
    assertThat(store().rename("x", "t")).isFalse();
    assertThat(store().remove("x")).isFalse();
  }

  @Test
  void what_was_committed_without_anybody_knowing_is_written_again() {
    ConversationInfo info = add(ANN, "Tea\0 or coffee?");
    StartRequest request = new StartRequest("ann", "r1");
    store().add(info);
    for (int i = 0; i < 2; i++) {
      assertThat(store().started(request, info.conversationId())).isEqualTo(info.conversationId());
      store().save(List.of(change(info, Snapshot.State.RUNNING, 0, "m1", "m2")));
      store().add(info);
    }
    assertThat(messages(info)).containsExactly("{\"m\":\"m1\"}", "{\"m\":\"m2\"}");
  }

  @Test
  void a_conversation_comes_back_as_it_was_saved() {
    ConversationInfo info = add(ANN, "Tea or coffee?");
    store().save(List.of(change(info, Snapshot.State.RUNNING, 0, "m1", "m2")));
    StoredConversation stored = reopened().load(info.conversationId()).orElseThrow();
    assertThat(stored.info()).isEqualTo(info);
    assertThat(stored.title()).isNull();
    assertThat(stored.epoch()).isEqualTo(1);
    assertThat(stored.content()).isEqualTo(CONTENT);
    assertThat(stored.engine()).isEqualTo(ENGINE);
    assertThat(stored.messages()).containsExactly("{\"m\":\"m1\"}", "{\"m\":\"m2\"}");
    assertThat(store().find(info.conversationId())).contains(info);
    assertThat(store().states(List.of(info.conversationId(), "x")))
        .isEqualTo(Map.of(info.conversationId(), Snapshot.State.RUNNING));
  }

  @Test
  void what_a_user_has_made_comes_back_and_is_nobody_elses() {
    assertThat(store().definitions("ann")).isEmpty();
    assertThat(store().keepDefinitions("ann", 0, "{\"a\":\"茶😀\"}")).isTrue();
    assertThat(reopened().definitions("ann")).contains(new Kept(1, "{\"a\":\"茶😀\"}"));
    assertThat(store().definitions("Ann")).isEmpty();
    assertThat(store().definitions("ann ")).isEmpty();
    assertThat(store().keepDefinitions("ben", 0, "{}")).isTrue();
    assertThat(store().definitions("ann")).contains(new Kept(1, "{\"a\":\"茶😀\"}"));
  }

  @Test
  void what_a_user_has_made_is_replaced_only_by_who_knows_it() {
    assertThat(store().keepDefinitions("ann", 1, "{}")).isFalse();
    assertThat(store().keepDefinitions("ann", 0, "{\"v\":1}")).isTrue();
    assertThat(store().keepDefinitions("ann", 0, "{\"v\":2}")).isFalse();
    assertThat(store().keepDefinitions("ann", 1, "{\"v\":2}")).isTrue();
    assertThat(store().keepDefinitions("ann", 1, "{\"v\":3}")).isFalse();
    assertThat(store().definitions("ann")).contains(new Kept(2, "{\"v\":2}"));
  }

  @Test
  void the_links_of_a_conversation_are_replaced_only_by_who_knows_them_and_go_with_it() {
    String id = saved(ANN, "shared", Snapshot.State.RUNNING).conversationId();
    assertThat(store().shares(id)).isEmpty();
    assertThat(store().keepShares("nowhere", 0, "[]")).isFalse();
    assertThat(store().keepShares(id, 1, "[]")).isFalse();
    assertThat(store().keepShares(id, 0, "[1]")).isTrue();
    assertThat(store().keepShares(id, 0, "[2]")).isFalse();
    assertThat(store().keepShares(id, 1, "[2]")).isTrue();
    assertThat(reopened().shares(id)).contains(new Kept(2, "[2]"));
    assertThat(store().remove(id)).isTrue();
    assertThat(store().shares(id)).isEmpty();
  }

  @Test
  void owners_are_told_apart_even_if_their_ids_look_alike() {
    ConversationInfo known = saved(ANN, "known", Snapshot.State.ENDED);
    ConversationInfo anonymous = saved(User.anonymous("ann"), "anonymous", Snapshot.State.ENDED);
    ConversationInfo nobodys = saved(null, "nobody's", Snapshot.State.ENDED);
    assertThat(ids(list(ANN, null, null, 10))).containsExactly(known.conversationId());
    assertThat(ids(list(User.anonymous("ann"), null, null, 10)))
        .containsExactly(anonymous.conversationId());
    assertThat(ids(list(null, null, null, 10)))
        .containsExactly(
            nobodys.conversationId(), anonymous.conversationId(), known.conversationId());
    assertThat(store().find(nobodys.conversationId())).contains(nobodys);
  }

  @Test
  void messages_after_those_that_are_kept_are_replaced() {
    ConversationInfo info = add(ANN, "Tea?");
    store().save(List.of(change(info, Snapshot.State.RUNNING, 0, "m1", "m2", "m3")));
    store().save(List.of(change(info, Snapshot.State.RUNNING, 1, "m4")));
    assertThat(messages(info)).containsExactly("{\"m\":\"m1\"}", "{\"m\":\"m4\"}");
    store().save(List.of(change(info, Snapshot.State.RUNNING, 1)));
    assertThat(messages(info)).containsExactly("{\"m\":\"m1\"}");
  }

  @Test
  void a_change_without_an_engine_leaves_the_engine_that_is_there() {
    ConversationInfo info = saved(ANN, "Tea?", Snapshot.State.RUNNING);
    store()
        .save(
            List.of(
                new ConversationChange(
                    info.conversationId(),
                    1,
                    Snapshot.State.ENDED,
                    START,
                    "{\"seq\":2}",
                    null,
                    1,
                    List.of())));
    StoredConversation stored = store().load(info.conversationId()).orElseThrow();
    assertThat(stored.engine()).isEqualTo(ENGINE);
    assertThat(stored.content()).isEqualTo("{\"seq\":2}");
  }

  @Test
  void whoever_claims_a_conversation_keeps_earlier_epochs_from_writing() {
    ConversationInfo info = saved(ANN, "Tea?", Snapshot.State.RUNNING);
    assertThat(store().claim(info.conversationId())).isEqualTo(2);
    store().save(List.of(change(info, Snapshot.State.ENDED, 0, "late")));
    StoredConversation stored = store().load(info.conversationId()).orElseThrow();
    assertThat(stored.epoch()).isEqualTo(2);
    assertThat(stored.messages()).containsExactly("{\"m\":\"m1\"}");
    assertThat(reopened().claim(info.conversationId())).isEqualTo(3);
  }

  @Test
  void an_epoch_that_nodes_have_agreed_on_is_taken_unless_a_later_one_is_there() {
    ConversationInfo info = saved(ANN, "Tea?", Snapshot.State.RUNNING);
    String id = info.conversationId();
    assertThat(store().claim(id, 1)).isTrue();
    assertThat(store().claim(id, 5)).isTrue();
    assertThat(store().claim(id, 5)).isTrue();
    assertThat(store().claim(id, 4)).isFalse();
    assertThat(store().claim("x", 1)).isFalse();
    assertThat(reopened().load(id).orElseThrow().epoch()).isEqualTo(5);
  }

  @Test
  void a_change_of_what_is_not_there_does_not_keep_others_from_theirs() {
    ConversationInfo gone = add(ANN, "gone");
    ConversationInfo there = add(ANN, "there");
    assertThat(store().remove(gone.conversationId())).isTrue();
    store()
        .save(
            List.of(
                change(gone, Snapshot.State.RUNNING, 0, "m1"),
                change(there, Snapshot.State.RUNNING, 0, "m1")));
    assertThat(store().load(gone.conversationId())).isEmpty();
    assertThat(messages(there)).hasSize(1);
  }

  @Test
  void a_request_starts_one_conversation_until_that_is_removed() {
    ConversationInfo first = add(ANN, "first");
    ConversationInfo second = add(ANN, "second");
    StartRequest request = new StartRequest("ann", "r1");
    assertThat(store().startedBy(request)).isEmpty();
    assertThat(store().started(request, first.conversationId())).isEqualTo(first.conversationId());
    assertThat(store().started(request, second.conversationId())).isEqualTo(first.conversationId());
    assertThat(reopened().startedBy(request)).contains(first.conversationId());
    assertThat(store().startedBy(new StartRequest(null, "r1"))).isEmpty();
    assertThat(store().remove(first.conversationId())).isTrue();
    assertThat(store().started(request, second.conversationId()))
        .isEqualTo(second.conversationId());
  }

  @Test
  void any_text_can_be_kept() {
    String strange = "a\u0000b \uD83D\uDE00 \uD83D half \u2028 \"q\" \\ \uFFFF end";
    ConversationInfo info = info(User.of("u\u0000v"), strange, START);
    store().add(info);
    String long1 = "x".repeat(2_000_000);
    store()
        .save(
            List.of(
                new ConversationChange(
                    info.conversationId(),
                    1,
                    Snapshot.State.ENDED,
                    START,
                    CONTENT,
                    new EngineDocuments(CONTENT, long1),
                    0,
                    List.of(new StoredMessage("m1", strange, "{\"m\":\"\uD83D\uDE00\uD83D\"}")))));
    StoredConversation stored = store().load(info.conversationId()).orElseThrow();
    assertThat(stored.messages().get(0)).matches("\\{\"m\":\"\uD83D\uDE00(\uD83D|\\\\uD83D)\"}");
    assertThat(stored.engine()).isEqualTo(new EngineDocuments(CONTENT, long1));
    assertThat(stored.info().topic()).contains("\uD83D\uDE00").endsWith("end");
    assertThat(ids(list(User.of("u\u0000v"), "\uD83D\uDE00", null, 10))).hasSize(1);
  }
}
