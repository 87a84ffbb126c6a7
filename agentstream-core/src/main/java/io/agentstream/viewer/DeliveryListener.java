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
   * Called once after {@link #onHub} if the hub keeps its conversations in a store.
   *
   * @param load reads what was written, for values that are polled; safe from any thread
   */
  default void onStore(Supplier<StoreLoad> load) {}

  /**
   * Called before a conversation starts on this node, or continues here after another node. Add
   * listeners to its events and model calls here; they receive an event before any viewer does.
   */
  default void onConversation(ConversationBuilder conversation) {}

  /** Called when a frame of any kind is passed to a viewer's socket. */
  default void onFrame() {}

  /**
   * Called when several tokens leave as one frame, because they arrived together, while the
   * viewer's socket was busy, or within the flush interval.
   *
   * @param tokens the number of tokens, from 2
   */
  default void onMerge(int tokens) {}

  /**
   * Called when a viewer gets a snapshot in place of requested events that are no longer kept or
   * belong to an older epoch. Not called for a requested snapshot.
   */
  default void onResync() {}

  /**
   * Called when a command is refused with an {@code error}.
   *
   * @param code the error's code
   */
  default void onRefused(ErrorCode code) {}
}
