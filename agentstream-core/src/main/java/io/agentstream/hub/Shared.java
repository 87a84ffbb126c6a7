package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.KeptShares;
import io.agentstream.sharing.Shares;
import io.agentstream.store.StoreFigures;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.StoreLoad;
import org.jspecify.annotations.Nullable;

/**
 * The services that a hub shares with other nodes.
 *
 * @param directory the backplane's, or {@link NoDirectory} if it has none
 */
record Shared(Backplane backplane, Directory directory) {

  static Shared of(Backplane backplane) {
    Directory directory = backplane.directory();
    return new Shared(backplane, directory != null ? directory : new NoDirectory());
  }

  /**
   * Returns the links of conversations.
   *
   * @param most how many one conversation may have
   * @return null if the backplane keeps none
   */
  @Nullable Shares shares(ChatClock clock, int most) {
    KeptShares kept = backplane.shares();
    return kept == null ? null : new Shares(kept, clock, most);
  }

  /** Returns how busy a store is, for observers of the hub. */
  static StoreLoad load(StoreFigures figures) {
    return new StoreLoad(
        figures.writes(), figures.writeNanos(), figures.failures(), figures.queued());
  }
}
