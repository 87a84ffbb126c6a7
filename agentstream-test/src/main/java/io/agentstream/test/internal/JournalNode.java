package io.agentstream.test.internal;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.Node;
import io.agentstream.backplane.Ownership;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The backplane of one node of several that share a journal and a directory. The test says when a
 * node loses a conversation or takes one over, and no command is routed to another node. For one
 * thread.
 */
public class JournalNode implements Backplane, Ownership {

  private final Journal journal;
  private final Directory directory;
  private final List<String> claimed = new ArrayList<>();
  private @Nullable Node node;

  /** Creates the backplane of one more node. */
  public JournalNode(Journal journal, Directory directory) {
    this.journal = journal;
    this.directory = directory;
  }

  /** Returns the hub's side of the node; there must be a hub with this backplane. */
  public final Node node() {
    return Objects.requireNonNull(node);
  }

  /** Returns the id of each claim of the hub's that it has not released. */
  public final List<String> claimed() {
    return List.copyOf(claimed);
  }

  @Override
  public final void start(Node node) {
    this.node = node;
  }

  @Override
  public final Journal journal() {
    return journal;
  }

  @Override
  public final Directory directory() {
    return directory;
  }

  @Override
  public final Ownership ownership() {
    return this;
  }

  @Override
  public final CommandRouter router() {
    return command -> CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
  }

  @Override
  public final CompletionStage<Long> claim(String conversationId) {
    claimed.add(conversationId);
    return CompletableFuture.completedStage(1L);
  }

  @Override
  public final void release(String conversationId) {
    claimed.remove(conversationId);
  }
}
