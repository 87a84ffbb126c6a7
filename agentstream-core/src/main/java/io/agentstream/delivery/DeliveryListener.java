package io.agentstream.delivery;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;

/**
 * Is told what a hub does, for metrics and traces; what can be counted when it is asked for, {@link
 * ConversationHub#load} tells. Called from many threads at once and on the threads that stream, so
 * it must neither block nor take long. What it throws is logged once for each method and harms
 * nobody.
 */
public interface DeliveryListener {

  /**
   * A conversation is about to start here, or to go on here after another node: add what listens to
   * its events and its calls to models. What is added is told of an event before any viewer is.
   */
  default void onConversation(ConversationBuilder conversation) {}

  /** A frame of whatever kind is handed to a viewer's socket. */
  default void onFrame() {}

  /**
   * Tokens leave as one frame, since they came at once, or while the viewer's socket was busy or
   * within the flush interval.
   *
   * @param tokens how many, from 2
   */
  default void onMerge(int tokens) {}

  /**
   * A viewer gets a snapshot in place of events that it asked for and that are not kept any more,
   * or are of an older epoch. Not told of a snapshot that was asked for.
   */
  default void onResync() {}

  /**
   * A command is refused: answered with an {@code error}.
   *
   * @param code of the error
   */
  default void onRefused(ErrorCode code) {}
}
