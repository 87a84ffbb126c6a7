package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of {@link StoreContract} about lists: pages, searches, titles and age. */
abstract class StoreListContract extends StoreFixture {

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
  void only_so_many_grow_old_at_a_time() {
    for (int i = 0; i < 5; i++) {
      saved(ANN, "number " + i, Snapshot.State.ENDED);
    }
    assertThat(store().removeOlderThan(START.plusSeconds(1), 2)).isEqualTo(2);
    assertThat(ids(list(ANN, null, null, 10))).hasSize(3);
    assertThat(store().removeOlderThan(START.plusSeconds(1), 2)).isEqualTo(2);
    assertThat(store().removeOlderThan(START.plusSeconds(1), 2)).isEqualTo(1);
    assertThat(ids(list(ANN, null, null, 10))).isEmpty();
  }
}
