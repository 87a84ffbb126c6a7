package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.backplane.StartRequest;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationPage.Item;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.EngineDocuments;
import io.agentstream.store.Store;
import io.agentstream.store.StoredConversation;
import io.agentstream.store.StoredMessage;
import io.agentstream.wire.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
public abstract class StoreContract {

  private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final String CONTENT = "{\"seq\":1}";
  private static final EngineDocuments ENGINE = new EngineDocuments("{\"d\":1}", "{\"s\":1}");
  private static final User ANN = User.of("ann");

  private int added;

  /** Returns the store under test, the same one throughout a test and empty at its start. */
  protected abstract Store store();

  /** Returns the same store after a restart of the process; by default it is not restarted. */
  protected Store reopened() {
    return store();
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
  void what_has_not_ended_is_found_in_pages() {
    Set<String> running = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      saved(ANN, "over", Snapshot.State.ENDED);
      running.add(saved(ANN, "runs", Snapshot.State.WAITING_FOR_INPUT).conversationId());
    }
    running.add(add(ANN, "never saved").conversationId());
    List<String> found = new ArrayList<>();
    List<String> page = store().unfinished(null, 4);
    while (!page.isEmpty()) {
      found.addAll(page);
      page = store().unfinished(page.get(page.size() - 1), 4);
    }
    assertThat(found).doesNotHaveDuplicates().hasSameElementsAs(running);
  }

  @Test
  void pages_hold_everything_once_the_newest_first() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      expected.add(0, saved(ANN, "number " + i, Snapshot.State.ENDED).conversationId());
      saved(User.of("ben"), "another's", Snapshot.State.ENDED);
    }
    assertThat(all(new ConversationQuery(ANN, null, null, 4))).isEqualTo(expected);
  }

  @Test
  void conversations_of_the_same_moment_are_all_listed() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ConversationInfo info = info(ANN, "same moment", START);
      store().add(info);
      store().save(List.of(change(info, Snapshot.State.ENDED, 0)));
      expected.add(info.conversationId());
    }
    assertThat(all(new ConversationQuery(ANN, null, null, 2)))
        .doesNotHaveDuplicates()
        .hasSameElementsAs(expected);
  }

  @Test
  void a_conversation_that_was_never_saved_is_not_listed() {
    add(ANN, "never saved");
    assertThat(ids(list(ANN, null, null, 10))).isEmpty();
  }

  @Test
  void a_search_finds_topics_titles_and_messages_in_any_case_and_script() {
    String topic = saved(ANN, "Where do Swallows nest?", Snapshot.State.ENDED).conversationId();
    ConversationInfo titled = saved(ANN, "x", Snapshot.State.ENDED);
    assertThat(store().rename(titled.conversationId(), "About swallows")).isTrue();
    ConversationInfo said = add(ANN, "y");
    store().save(List.of(change(said, Snapshot.State.ENDED, 0, "SWALLOWS fly south")));
    ConversationInfo chinese = add(ANN, "z");
    store().save(List.of(change(chinese, Snapshot.State.ENDED, 0, "今天天气很好")));
    assertThat(all(new ConversationQuery(ANN, "swallows", null, 2)))
        .containsExactly(said.conversationId(), titled.conversationId(), topic);
    assertThat(all(new ConversationQuery(ANN, "天气", null, 2)))
        .containsExactly(chinese.conversationId());
    assertThat(all(new ConversationQuery(User.of("ben"), "swallows", null, 2))).isEmpty();
  }

  @Test
  void signs_that_databases_read_otherwise_are_searched_for_as_they_are() {
    String percent = saved(ANN, "100% sure", Snapshot.State.ENDED).conversationId();
    String other = saved(ANN, "100 x sure", Snapshot.State.ENDED).conversationId();
    String underscore = saved(ANN, "a_b!c'd\\e", Snapshot.State.ENDED).conversationId();
    assertThat(all(new ConversationQuery(ANN, "0% s", null, 9))).containsExactly(percent);
    assertThat(all(new ConversationQuery(ANN, "0 x s", null, 9))).containsExactly(other);
    assertThat(all(new ConversationQuery(ANN, "a_b!c'd\\e", null, 9))).containsExactly(underscore);
  }

  @Test
  void a_cursor_that_is_none_is_refused() {
    assertThatThrownBy(() -> list(ANN, null, "nonsense", 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_title_stays() {
    ConversationInfo info = saved(ANN, "Tea?", Snapshot.State.ENDED);
    assertThat(store().rename(info.conversationId(), "Tee 茶")).isTrue();
    assertThat(list(ANN, null, null, 10).items().get(0).title()).isEqualTo("Tee 茶");
    assertThat(reopened().load(info.conversationId()).orElseThrow().title()).isEqualTo("Tee 茶");
  }

  @Test
  void only_ended_conversations_grow_old() {
    ConversationInfo ended = saved(ANN, "ended", Snapshot.State.ENDED);
    ConversationInfo running = saved(ANN, "running", Snapshot.State.RUNNING);
    assertThat(store().removeOlderThan(START, 10)).isZero();
    assertThat(store().removeOlderThan(START.plusSeconds(1), 10)).isEqualTo(1);
    assertThat(store().load(ended.conversationId())).isEmpty();
    assertThat(store().load(running.conversationId())).isPresent();
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

  private ConversationInfo add(@Nullable User owner, String topic) {
    added++;
    ConversationInfo info = info(owner, topic, START.plusMillis(added));
    store().add(info);
    return info;
  }

  private static ConversationInfo info(@Nullable User owner, String topic, Instant createdAt) {
    return new ConversationInfo(
        ConversationBuilder.newId(), owner, topic, List.of("Ann", "Ben B"), createdAt);
  }

  private ConversationInfo saved(@Nullable User owner, String topic, Snapshot.State state) {
    ConversationInfo info = add(owner, topic);
    store().save(List.of(change(info, state, 0, "m1")));
    return info;
  }

  private static ConversationChange change(
      ConversationInfo info, Snapshot.State state, int kept, String... texts) {
    List<StoredMessage> messages = new ArrayList<>();
    for (String text : texts) {
      messages.add(new StoredMessage("m" + messages.size(), text, "{\"m\":\"" + text + "\"}"));
    }
    return new ConversationChange(
        info.conversationId(), 1, state, START, CONTENT, ENGINE, kept, messages);
  }

  private List<String> messages(ConversationInfo info) {
    return store().load(info.conversationId()).orElseThrow().messages();
  }

  private ConversationPage list(
      @Nullable User owner, @Nullable String text, @Nullable String cursor, int limit) {
    return store().list(new ConversationQuery(owner, text, cursor, limit));
  }

  private static List<String> ids(ConversationPage page) {
    return page.items().stream()
        .map(Item::conversation)
        .map(ConversationInfo::conversationId)
        .toList();
  }

  private List<String> all(ConversationQuery query) {
    List<String> ids = new ArrayList<>();
    ConversationPage page = store().list(query);
    ids.addAll(ids(page));
    for (String cursor = page.nextCursor(); cursor != null; cursor = page.nextCursor()) {
      page = store().list(query.at(cursor));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
      ids.addAll(ids(page));
    }
    return ids;
  }
}
