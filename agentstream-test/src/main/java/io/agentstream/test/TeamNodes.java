package io.agentstream.test;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.Handover;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.backplane.Node;
import io.agentstream.backplane.Ownership;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ChatEvent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Two nodes that share their conversations in memory; everything runs on the test's thread. */
final class TeamNodes {

  /** The name under which each node has the chat. */
  static final String TEAM = "the team";

  private static final long SECOND_EPOCH = 2;

  /** Stands still, so that no conversation ends because nobody views it. */
  private final ManualClock clock = new ManualClock();

  private final KeepingJournal journal =
      new KeepingJournal(new InMemoryJournal(Limits.defaults(), clock));
  private final Directory directory = new InMemoryDirectory();
  private @Nullable OneNode running;
  private boolean takenOver;

  /** Begins the node on which conversations start. */
  ConversationHub begin(GroupChat team) {
    OneNode node = new OneNode();
    running = node;
    return ConversationHub.builder()
        .team(TEAM, team)
        .clock(clock)
        .executor(Runnable::run)
        .backplane(node)
        .build();
  }

  /** Ends the node, and lets another one continue the conversation. */
  void takeOver(String id, GroupChat team) {
    Objects.requireNonNull(running).node().lost(id);
    begin(team);
    takenOver = true;
    Handover left = new Handover(id, SECOND_EPOCH, null, journal.reader(id), journal.kept.get(id));
    Objects.requireNonNull(running).node().takeOver(left);
  }

  boolean haveTakenOver() {
    return takenOver;
  }

  /** Returns the conversation as a viewer would see it now. */
  Snapshot.Content content(String id) {
    return journal.reader(id).snapshot().content();
  }

  private final class OneNode implements Backplane, Ownership {
    private @Nullable Node node;

    Node node() {
      return Objects.requireNonNull(node);
    }

    @Override
    public void start(Node node) {
      this.node = node;
    }

    @Override
    public Journal journal() {
      return journal;
    }

    @Override
    public Directory directory() {
      return directory;
    }

    @Override
    public Ownership ownership() {
      return this;
    }

    @Override
    public CommandRouter router() {
      return command -> CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
    }

    @Override
    public CompletionStage<Long> claim(String conversationId) {
      return CompletableFuture.completedStage(1L);
    }

    @Override
    public void release(String conversationId) {}
  }

  /** A journal in memory that also keeps what the other node needs. */
  private record KeepingJournal(InMemoryJournal journal, Map<String, SavedConversation> kept)
      implements Journal {

    KeepingJournal(InMemoryJournal journal) {
      this(journal, new HashMap<>());
    }

    JournalReader reader(String id) {
      return read(id).toCompletableFuture().join().orElseThrow();
    }

    @Override
    public JournalWriter open(String conversationId, long epoch) {
      JournalWriter writer = journal.open(conversationId, epoch);
      return new JournalWriter() {
        @Override
        public void append(ChatEvent event) {
          writer.append(event);
        }

        @Override
        public void appendAll(List<ChatEvent> events) {
          writer.appendAll(events);
        }

        @Override
        public void keep(SavedConversation saved) {
          kept.put(conversationId, saved);
        }
      };
    }

    @Override
    public CompletionStage<Optional<JournalReader>> read(String conversationId) {
      return journal.read(conversationId);
    }

    @Override
    public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> ids) {
      return journal.states(ids);
    }

    @Override
    public void remove(String conversationId) {
      journal.remove(conversationId);
      kept.remove(conversationId);
    }
  }
}
