package io.agentstream.upstream;

/** One streamed call to a model server, which can be cancelled. Thread-safe. */
public interface UpstreamCall {

  /**
   * Cancels the call: closes the connection to the model server, even before the response head has
   * arrived. The listener is not called again, not even with an end. A callback that another thread
   * has already begun still completes.
   *
   * <p>Does nothing once the call has ended or was cancelled. Never blocks.
   */
  void cancel();

  /** Returns true if {@link #cancel} was called before the end of the call. */
  boolean isCancelled();

  /**
   * Returns true if the server has sent a comment. Servers send comments to keep a connection open
   * while a model reads a long prompt. Default false.
   */
  default boolean showedLife() {
    return false;
  }

  /**
   * Runs {@code task} once the call has ended and its listener was called with that end, on the
   * thread that called it; never after a cancel. So it shows a model that reports no end of its
   * own. Must be set before the call is sent; a later one replaces it. Does nothing by default.
   */
  default void whenOver(Runnable task) {}
}
