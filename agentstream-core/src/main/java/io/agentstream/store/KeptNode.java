package io.agentstream.store;

import io.agentstream.backplane.Handover;
import io.agentstream.backplane.Node;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.wire.ConversationCommand;
import java.util.concurrent.CompletionStage;

/** Lets turns begin only while both the shared journal and the store take writes. */
final class KeptNode implements Node {

  private final Node hub;

  // Guarded by this.
  private boolean sharedReachable = true;
  private boolean storeReachable = true;
  private boolean told = true;

  KeptNode(Node hub) {
    this.hub = hub;
  }

  @Override
  public void takeOver(Handover left) {
    hub.takeOver(left);
  }

  @Override
  public void lost(String conversationId) {
    hub.lost(conversationId);
  }

  @Override
  public boolean runs(String conversationId) {
    return hub.runs(conversationId);
  }

  @Override
  public CompletionStage<SteeringOutcome> steer(ConversationCommand command) {
    return hub.steer(command);
  }

  @Override
  public synchronized void journalReachable(boolean reachable) {
    sharedReachable = reachable;
    tell();
  }

  synchronized void storeReachable(boolean reachable) {
    storeReachable = reachable;
    tell();
  }

  private void tell() {
    boolean both = sharedReachable && storeReachable;
    if (both != told) {
      told = both;
      hub.journalReachable(both);
    }
  }
}
