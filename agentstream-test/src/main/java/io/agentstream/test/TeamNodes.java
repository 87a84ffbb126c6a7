package io.agentstream.test;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.chat.GroupChat;
import io.agentstream.hub.ConversationHub;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.settings.Limits;
import io.agentstream.test.internal.JournalNode;
import io.agentstream.test.internal.KeepingJournal;
import io.agentstream.wire.Snapshot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two nodes that share their conversations in memory; everything runs on the test's thread. */
final class TeamNodes {

  /** The name under which each node has the chat. */
  static final String TEAM = "the team";

  /** Stands still, so that no conversation ends because nobody views it. */
  private final ManualClock clock = new ManualClock();

  private final KeepingJournal journal =
      new KeepingJournal(new InMemoryJournal(Limits.defaults(), clock));
  private final Directory directory = new InMemoryDirectory();
  private @Nullable JournalNode running;
  private boolean takenOver;

  /** Begins the node on which conversations start. */
  ConversationHub begin(GroupChat team) {
    JournalNode node = new JournalNode(journal, directory);
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
    Objects.requireNonNull(running).node().takeOver(journal.left(id, null));
  }

  boolean haveTakenOver() {
    return takenOver;
  }

  /** Returns the conversation as a viewer would see it now. */
  Snapshot.Content content(String id) {
    return journal.reader(id).snapshot().content();
  }
}
