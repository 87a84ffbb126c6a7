package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.wire.ControlFrame.Snapshot;

/** A dialect that reports merged frames and resyncs to a listener. */
final class ObservedDialect implements Dialect {

  private final Dialect dialect;
  private final DeliveryListener listener;
  private boolean snapshotWanted;

  /**
   * @param snapshotWanted true if the viewer requested a snapshot
   */
  ObservedDialect(Dialect dialect, DeliveryListener listener, boolean snapshotWanted) {
    this.dialect = dialect;
    this.listener = listener;
    this.snapshotWanted = snapshotWanted;
  }

  @Override
  public String event(JournalEntry entry) {
    return dialect.event(entry);
  }

  @Override
  public String tokens(JournalEntry first, JournalEntry last, String text) {
    listener.onMerge((int) (last.seq() - first.seq()) + 1);
    return dialect.tokens(first, last, text);
  }

  @Override
  public boolean followsText() {
    return dialect.followsText();
  }

  @Override
  public void begin(Snapshot snapshot) {
    dialect.begin(snapshot);
  }

  @Override
  public void onSnapshot() {
    if (snapshotWanted) {
      snapshotWanted = false;
    } else {
      listener.onResync();
    }
    dialect.onSnapshot();
  }
}
