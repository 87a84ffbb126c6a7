package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Snapshot;
import java.util.function.Consumer;

/** Joins a conversation and answers with its snapshot. */
final class SnapshotViewer extends CommandViewer {

  SnapshotViewer(HttpCall call, String join, int status) {
    super(call, join, status);
  }

  @Override
  boolean isReply(ControlFrame frame) {
    return false;
  }

  @Override
  public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
    answer(snapshot, frames);
  }
}
