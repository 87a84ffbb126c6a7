package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.store.KeptBackplane;
import io.agentstream.store.Store;
import io.agentstream.store.StoreSettings;
import io.agentstream.store.StoredBackplane;
import io.agentstream.time.ChatClock;
import org.jspecify.annotations.Nullable;

/**
 * Makes the backplane of a hub from the journal, backplane and store that its builder was given.
 * Not thread-safe.
 */
final class BackplaneChoice {

  private @Nullable Journal journal;
  private @Nullable Backplane backplane;
  private @Nullable Store store;
  private StoreSettings storeSettings = StoreSettings.defaults();

  void journal(Journal given) {
    journal = given;
  }

  void backplane(Backplane given) {
    backplane = given;
  }

  void store(Store given, StoreSettings settings) {
    store = given;
    storeSettings = settings;
  }

  /**
   * Checks that the parts fit each other.
   *
   * @param knowsUsers true if the hub has an authenticator
   * @throws IllegalStateException if they do not
   */
  void check(boolean knowsUsers) {
    if (store != null && journal != null) {
      throw new IllegalStateException("A store takes the place of a journal: give one of the two");
    }
    if (store != null && backplane != null && !store.isForNodes()) {
      throw new IllegalStateException(
          "A store beside a backplane must be one that all nodes use: with PostgreSQL,"
              + " JdbcStore.ofNodes");
    }
    if (store != null && backplane != null && backplane.directory() == null) {
      throw new IllegalStateException(
          "A store beside a backplane needs one with a directory, or nobody would know whose a"
              + " conversation is");
    }
    if (knowsUsers && backplane != null && backplane.directory() == null) {
      throw new IllegalStateException(
          "An authenticator needs a backplane with a directory, or other nodes would not know"
              + " whose a conversation is");
    }
  }

  /** Returns the backplane: the given one, with the store if there is one, or one of this node. */
  Backplane make(Limits limits, ChatClock clock) {
    if (store != null) {
      return backplane == null
          ? new StoredBackplane(store, storeSettings, limits, clock)
          : new KeptBackplane(backplane, store, storeSettings, limits, clock);
    }
    return backplane != null
        ? backplane
        : Backplane.singleNode(
            journal != null ? journal : new InMemoryJournal(limits, clock),
            new InMemoryDirectory());
  }
}
