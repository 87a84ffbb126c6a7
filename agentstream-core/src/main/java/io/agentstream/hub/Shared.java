package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;

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
}
