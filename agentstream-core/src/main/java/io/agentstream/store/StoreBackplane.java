package io.agentstream.store;

import io.agentstream.backplane.Backplane;

/** A backplane that keeps conversations in a store. */
public sealed interface StoreBackplane extends Backplane permits StoredBackplane, KeptBackplane {

  /** Returns what was written so far, for metrics. */
  StoreFigures figures();

  /** Returns what gives whole conversations, and takes them. */
  Archive archive();
}
