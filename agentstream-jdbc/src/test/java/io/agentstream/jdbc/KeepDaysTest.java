package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.EngineDocuments;
import io.agentstream.store.StoreSettings;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.wire.Snapshot.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The conversations that a server removes from a real H2, and when. */
@Timeout(180)
@SuppressWarnings("try") // A hub needs no call to remove what is old.
class KeepDaysTest {

  private static final Duration KEEP = Duration.ofDays(90);
  private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 100;

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock();
  private JdbcStore store;

  @BeforeEach
  void open() {
    store = JdbcStore.inFolder(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_ended_conversations_of_earlier_days_go_a_batch_at_a_time() throws Exception {
    List<String> old = kept(2 * BATCH + 5, State.ENDED, KEEP.plusMillis(1));
    List<String> young = kept(3, State.ENDED, KEEP.minusHours(2));
    try (ConversationHub hub = hub(KEEP)) {
      assertThat(left(old)).isEqualTo(old.size());
      clock.awaitAlarm(BETWEEN_BATCHES);
      clock.advance(BETWEEN_BATCHES);
      clock.awaitAlarm(BETWEEN_BATCHES);
      assertThat(left(old)).isEqualTo(BATCH + 5);
      // The server does not know these, so it does not continue them.
      List<String> running = kept(3, State.RUNNING, KEEP.multipliedBy(2));
      List<String> waiting = kept(3, State.WAITING_FOR_INPUT, KEEP.multipliedBy(2));
      clock.advance(BETWEEN_BATCHES);
      clock.awaitAlarm(BETWEEN_BATCHES);
      assertThat(left(old)).isEqualTo(5);
      clock.advance(BETWEEN_BATCHES);
      clock.awaitAlarm(EVERY);
      assertThat(left(old)).isZero();
      assertThat(left(young)).isEqualTo(3);
      clock.advance(EVERY);
      clock.awaitAlarm(EVERY);
      assertThat(left(young)).as("not old enough yet").isEqualTo(3);
      clock.advance(EVERY);
      clock.awaitAlarm(EVERY);
      assertThat(left(young)).as("old enough by now").isZero();
      assertThat(left(running)).isEqualTo(3);
      assertThat(left(waiting)).isEqualTo(3);
    }
  }

  @Test
  void zero_days_keep_them_for_ever() {
    List<String> old = kept(3, State.ENDED, Duration.ofDays(36_500));
    try (ConversationHub hub = hub(Duration.ZERO)) {
      assertThat(clock.alarms()).as("nothing is planned").isZero();
      clock.advance(Duration.ofDays(36_500));
    }
    assertThat(left(old)).isEqualTo(3);
  }

  private ConversationHub hub(Duration keep) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(new ScriptedModel()).build())
        .clock(clock)
        .store(store, new StoreSettings(Duration.ofSeconds(10), keep))
        .build();
  }

  /** Keeps conversations that were last written this long ago. */
  private List<String> kept(int count, State state, Duration age) {
    Instant changed = ManualClock.START.minus(age);
    return Stream.generate(() -> kept(state, changed)).limit(count).toList();
  }

  private String kept(State state, Instant changed) {
    String id = ConversationBuilder.newId();
    store.add(new ConversationInfo(id, null, "Tea?", List.of("Ann"), changed));
    store.save(
        List.of(
            new ConversationChange(
                id, 1, state, changed, "{}", new EngineDocuments("{}", "{}"), 0, List.of())));
    return id;
  }

  private long left(List<String> ids) {
    return ids.stream().filter(id -> store.find(id).isPresent()).count();
  }
}
