package io.agentstream.http.door;

import io.agentstream.viewer.ViewerConnection;
import io.agentstream.viewer.ViewerEncoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Serves one call as a viewer of the hub: it sends commands, and writes what comes back in a format
 * of its own. Each text that it gives to {@code frames} is a part of the response, sent as it is
 * and flushed. Call {@link HttpCall#begin} before the first of them.
 *
 * <p>A welcome and the server's ping, which is answered for the client, need no frame. A call
 * without frames can still end by {@link HttpCall#answer} or {@link HttpCall#refuse}.
 */
public interface HttpViewer extends ViewerEncoder {

  /**
   * Sends the first commands. Called once, on any thread, when the user is known; must not block.
   * Afterwards the viewer may send further commands, one at a time.
   *
   * @param connection receives commands of the protocol as JSON, see {@link
   *     ViewerConnection#receive}
   */
  void ready(ViewerConnection connection);

  /**
   * Returns a last text for a response that has begun, because the hub closes the connection; null
   * for none.
   *
   * @param closeCode a close code of {@code docs/protocol.md}, section 7
   */
  default @Nullable String lastWords(int closeCode, String reason) {
    return null;
  }

  /**
   * Takes note that the response has ended or that the client has gone; by default does nothing.
   * Called once, on any thread. Until the returned stage completes, for 10 seconds at most, the
   * viewer may send commands, for example to stop a conversation for which nobody waits, and gets
   * their replies. Text that it writes is not sent any more.
   *
   * @param complete true if the response has been sent to its end
   */
  default CompletionStage<?> ended(boolean complete) {
    return CompletableFuture.completedStage(null);
  }
}
