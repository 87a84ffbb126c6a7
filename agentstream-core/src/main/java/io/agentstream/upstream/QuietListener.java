package io.agentstream.upstream;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that never throws: the thread belongs to every stream of the client, so that one
 * listener's failure, an {@link Error} included, must not reach it.
 */
final class QuietListener {

  private static final Logger log = LoggerFactory.getLogger(EventDrivenHttpClient.class);

  private final ServerSentEventListener listener;
  private boolean warned;

  QuietListener(ServerSentEventListener listener) {
    this.listener = listener;
  }

  void onOpen(SuccessfulHttpResponse response) {
    try {
      listener.onOpen(response);
    } catch (Throwable e) {
      warn("onOpen", e);
    }
  }

  void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    try {
      listener.onEvent(event, context);
    } catch (Throwable e) {
      warn("onEvent", e);
    }
  }

  void onClose() {
    try {
      listener.onClose();
    } catch (Throwable e) {
      warn("onClose", e);
    }
  }

  void onError(Throwable error) {
    try {
      listener.onError(error);
    } catch (Throwable e) {
      warn("onError", e);
    }
  }

  /** Once a stream, else a broken listener logs a line a token. */
  private void warn(String callback, Throwable e) {
    if (warned) {
      return;
    }
    warned = true;
    // Type and place only: the message may quote the answer.
    StackTraceElement[] stack = e.getStackTrace();
    log.warn(
        "A listener's {} threw {} at {}; the stream goes on, further failures of it are not logged",
        callback,
        e.getClass().getName(),
        stack.length == 0 ? "an unknown place" : stack[0],
        // Quotes nothing, and is what a host may want to end the process for.
        e instanceof VirtualMachineError ? e : null);
  }
}
