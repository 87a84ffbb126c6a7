package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.hub.LocalConversations.Running;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node while its journal is unreachable. */
class HubNodeTest {

  private final Queue<Runnable> work = new ArrayDeque<>();
  private final ManualClock clock = new ManualClock();
  private final Journal journal = new InMemoryJournal(Limits.defaults(), clock);
  private final LocalConversations conversations = new LocalConversations();
  private final HubNode node = new HubNode(conversations, journal, (left, saved, cut) -> {});
  private final Conversation conversation = start();

  @Test
  void conversations_pause_while_the_journal_is_away_and_go_on_when_it_is_back() {
    node.journalReachable(false);
    assertThat(isPaused()).isTrue();
    node.journalReachable(true);
    assertThat(isPaused()).isFalse();
  }

  @Test
  void a_journal_that_is_back_before_the_pause_has_come_about_leaves_nothing_paused() {
    node.journalReachable(false);
    node.journalReachable(true);
    assertThat(isPaused()).isFalse();
  }

  @Test
  void what_a_person_has_paused_stays_so() {
    CompletableFuture<SteeringOutcome> asked = conversation.pause().toCompletableFuture();
    work();
    assertThat(asked.join()).isEqualTo(SteeringOutcome.ACCEPTED);
    node.journalReachable(false);
    work();
    node.journalReachable(true);
    assertThat(isPaused()).isTrue();
  }

  private Conversation start() {
    Agent agent = Agent.builder("Ann").model(new ScriptedModel()).build();
    GroupChat chat =
        GroupChat.builder().participants(agent).clock(clock).executor(work::add).build();
    Conversation started = chat.start("Tea?");
    Scribe scribe =
        new Scribe(journal.open(started.id(), 1), null, Set.of(), UnlimitedMeter.on(clock));
    conversations.add(new Running(started, scribe));
    work();
    return started;
  }

  private boolean isPaused() {
    work();
    var state = conversation.snapshot();
    work();
    return state.join().paused();
  }

  private void work() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
  }
}
