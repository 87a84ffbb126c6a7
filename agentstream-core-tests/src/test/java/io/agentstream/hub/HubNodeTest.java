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
  void conversations_pause_until_both_the_journal_and_the_store_are_back() {
    node.storeReachable(false);
    node.journalReachable(false);
    node.storeReachable(true);
    assertThat(isPaused()).isTrue();
    node.journalReachable(true);
    assertThat(isPaused()).isFalse();
  }

  private Conversation start() {
    Agent agent = Agent.builder("Ann").model(new ScriptedModel()).build();
    GroupChat chat =
        GroupChat.builder().participants(agent).clock(clock).executor(work::add).build();
    Conversation started = chat.newConversation("Tea?").hold(conversations.hold()).start();
    Scribe scribe =
        new Scribe(journal.open(started.id(), 1), null, Set.of(), UnlimitedMeter.on(clock));
    conversations.add(new Running(started, scribe));
    work();
    return started;
  }

  /** A person cannot end such a pause; without one, there is nothing to end. */
  private boolean isPaused() {
    work();
    CompletableFuture<SteeringOutcome> ended = conversation.unpause();
    work();
    return ended.join() == SteeringOutcome.UNAVAILABLE;
  }

  private void work() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
  }
}
