package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationPage.Item;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.EngineDocuments;
import io.agentstream.store.Store;
import io.agentstream.store.StoredMessage;
import io.agentstream.wire.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store that a contract tests, and conversations to keep in it. */
abstract class StoreFixture {

  static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);
  static final String CONTENT = "{\"seq\":1}";
  static final EngineDocuments ENGINE = new EngineDocuments("{\"d\":1}", "{\"s\":1}");
  static final User ANN = User.of("ann");

  int added;

  /** Returns the store under test, the same one throughout a test and empty at its start. */
  protected abstract Store store();

  /** Returns the same store after a restart of the process; by default it is not restarted. */
  protected Store reopened() {
    return store();
  }

  ConversationInfo add(@Nullable User owner, String topic) {
    added++;
    ConversationInfo info = info(owner, topic, START.plusMillis(added));
    store().add(info);
    return info;
  }

  static ConversationInfo info(@Nullable User owner, String topic, Instant createdAt) {
    return new ConversationInfo(
        ConversationBuilder.newId(), owner, topic, List.of("Ann", "Ben B"), createdAt);
  }

  ConversationInfo saved(@Nullable User owner, String topic, Snapshot.State state) {
    ConversationInfo info = add(owner, topic);
    store().save(List.of(change(info, state, 0, "m1")));
    return info;
  }

  static ConversationChange change(
      ConversationInfo info, Snapshot.State state, int kept, String... texts) {
    List<StoredMessage> messages = new ArrayList<>();
    for (String text : texts) {
      messages.add(new StoredMessage("m" + messages.size(), text, "{\"m\":\"" + text + "\"}"));
    }
    return new ConversationChange(
        info.conversationId(), 1, state, START, CONTENT, ENGINE, kept, messages);
  }

  List<String> messages(ConversationInfo info) {
    return store().load(info.conversationId()).orElseThrow().messages();
  }

  ConversationPage list(
      @Nullable User owner, @Nullable String text, @Nullable String cursor, int limit) {
    return store().list(new ConversationQuery(owner, text, cursor, limit));
  }

  static List<String> ids(ConversationPage page) {
    return page.items().stream()
        .map(Item::conversation)
        .map(ConversationInfo::conversationId)
        .toList();
  }

  List<String> all(ConversationQuery query) {
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
