package io.agentstream.viewer.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how much of unfinished imports is in memory, for all connections of a hub together and for
 * each party. Thread-safe.
 */
final class ImportSpace {

  /** So many documents of the greatest length fit. */
  private static final int DOCUMENTS = 16;

  private static final int DOCUMENTS_OF_PARTY = 2;
  private static final int DOCUMENTS_OF_CROWD = 8;

  private final long maxDocumentBytes;

  // Guarded by this.
  private final Map<Party, Long> held = new HashMap<>();
  private long total;

  ImportSpace(int maxDocumentBytes) {
    this.maxDocumentBytes = maxDocumentBytes;
  }

  /** Reserves space for a party; returns false, and reserves nothing, if there is not enough. */
  synchronized boolean take(Party party, long bytes) {
    long ofParty = held.getOrDefault(party, 0L) + bytes;
    int documents = party.isCrowd() ? DOCUMENTS_OF_CROWD : DOCUMENTS_OF_PARTY;
    if (ofParty > documents * maxDocumentBytes || total + bytes > DOCUMENTS * maxDocumentBytes) {
      return false;
    }
    held.put(party, ofParty);
    total += bytes;
    return true;
  }

  synchronized void giveBack(Party party, long bytes) {
    total -= bytes;
    held.computeIfPresent(party, (key, all) -> all > bytes ? all - bytes : null);
  }

  synchronized long held() {
    return total;
  }
}
