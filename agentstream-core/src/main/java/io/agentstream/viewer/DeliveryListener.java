package io.agentstream.viewer;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import java.util.function.Supplier;

/**
 * Receives callbacks about delivery, for metrics and tracing. Called from many threads at once, and
 * on threads that stream, so it must neither block nor take long. An exception it throws is logged
 * once for each method and has no other effect.
 */
public interface DeliveryListener {

  /**
   * Called once, when the hub has been built, before any other method.
   *
   * @param load reads the hub's load, for values that are polled; safe from any thread, and after
   *     the hub has closed too
   */
  default void onHub(Supplier<HubLoad> load) {}

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
