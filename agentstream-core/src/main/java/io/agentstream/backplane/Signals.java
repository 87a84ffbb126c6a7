package io.agentstream.backplane;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Passes short texts about conversations between the nodes of a service. Nothing is kept, and any
 * signal may be lost. Implementations are thread-safe, and no method blocks or throws.
 */
public interface Signals {

  /**
   * Sets the receiver. Called once, before all other methods.
   *
   * @param receiver receives a conversation's id and the text that another node has sent; called on
   *     any thread, must not block
   */
  void start(BiConsumer<String, String> receiver);

  /**
   * Receives the signals about a conversation from now on.
   *
   * @return done when no further signal is missed; may fail, and then signals come once the service
   *     can be reached again
   */
  CompletionStage<Void> follow(String conversationId);

  /** Receives the signals about a conversation no longer. */
  void unfollow(String conversationId);

  /** Sends a text to all other nodes that follow the conversation. */
  void send(String conversationId, String text);

  /** Returns the signals of a single node, which has nobody to send them to. */
  static Signals none() {
    return NoSignals.INSTANCE;
  }
}
