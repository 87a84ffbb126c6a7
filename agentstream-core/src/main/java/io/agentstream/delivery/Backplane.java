package io.agentstream.delivery;

/**
 * What the nodes of one service share: where the events are, who runs what, and how commands find
 * whoever runs it. A hub without one is a service of a single node.
 */
public interface Backplane {

  /** Where the events of all conversations are. */
  Journal journal();

  /** Which node runs which conversation. */
  Ownership ownership();

  /** The way to conversations that other nodes run. */
  CommandRouter router();
}
