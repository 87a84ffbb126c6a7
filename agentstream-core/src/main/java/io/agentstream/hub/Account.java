package io.agentstream.hub;

import io.agentstream.viewer.internal.Party;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The usage of one party's conversations. Guarded by its {@link Accounts}. */
final class Account {

  final Party party;

  /** Its own allotment and those that it shares with other parties. */
  final List<Allotment> allotments;

  /** The kept conversations of this party, oldest first. */
  final Set<ConversationMeter> kept = new LinkedHashSet<>();

  /** How much of the heap they take, in bytes. */
  long keptBytes;

  Account(Party party, List<Allotment> allotments) {
    this.party = party;
    this.allotments = allotments;
  }

  /** Returns whether it would be the same if it were new. */
  boolean isForgettable(long now) {
    return kept.isEmpty() && allotments.get(0).isForgettable(now);
  }
}
