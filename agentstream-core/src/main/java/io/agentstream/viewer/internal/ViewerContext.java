package io.agentstream.viewer.internal;

import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.internal.UserCode;
import io.agentstream.wire.internal.CommandDecoder;
import org.jspecify.annotations.Nullable;

/** The objects that all connections of a hub share. Thread-safe. */
final class ViewerContext {

  final HubSettings settings;
  final Conversations conversations;
  final Admission admission;
  final CommandDecoder decoder;
  final @Nullable FlushInterval flushInterval;
  final LargeFrames largeFrames = LargeFrames.ofThisHeap();
  final SnapshotFrames snapshotFrames;
  final ImportSpace importSpace;
  final UserCode userCode;
  private final @Nullable Authenticator authenticator;

  ViewerContext(
      HubSettings settings,
      ConnectionSettings connections,
      Conversations conversations,
      Admission admission) {
    this.settings = settings;
    this.conversations = conversations;
    this.admission = admission;
    this.decoder = new CommandDecoder(settings.limits());
    this.snapshotFrames = SnapshotFrames.ofThisHeap(settings.clock());
    this.importSpace = new ImportSpace(settings.limits().maxImportBytes());
    this.flushInterval =
        connections.flushInterval().isZero()
            ? null
            : new FlushInterval(settings.clock(), connections.flushInterval(), settings.executor());
    this.userCode = new UserCode(settings.clock()::nanoTime);
    this.authenticator = connections.authenticator();
  }

  /** Returns true if viewers have to say who they are, or may. */
  boolean knowsUsers() {
    return authenticator != null;
  }

  ViewerIdentity identify(String connectionId, Handshake handshake, ViewerIdentity.Owner owner) {
    return new ViewerIdentity(connectionId, authenticator, settings, handshake, owner);
  }
}
