package io.agentstream.upstream;

import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A sink that never throws. The thread serves every stream of the client, so one sink's exception,
 * even an {@link Error}, must not reach it.
 */
final class QuietSink implements StreamSink {

  private final StreamSink sink;
  private final Logger log;
  private boolean warned;

  QuietSink(StreamSink sink, Logger log) {
    this.sink = sink;
    this.log = log;
  }

  @Override
  public void onCall(UpstreamCall call) {
    // Exceptions propagate to the caller, because nothing is sent yet.
    sink.onCall(call);
  }

  @Override
  public void onOpen(ResponseInfo head) {
    try {
      sink.onOpen(head);
    } catch (Throwable e) {
      warn("onOpen", e);
    }
  }

  @Override
  public void onEvent(@Nullable String type, byte[] bytes, int from, int to) {
    try {
      sink.onEvent(type, bytes, from, to);
    } catch (Throwable e) {
      warn("onEvent", e);
    }
  }

  @Override
  public void onJson(byte[] bytes, int from, int to) {
    try {
      sink.onJson(bytes, from, to);
    } catch (Throwable e) {
      warn("onEvent", e);
    }
  }

  @Override
  public void onEnd(boolean done) {
    try {
      sink.onEnd(done);
    } catch (Throwable e) {
      warn("onClose", e);
    }
  }

  @Override
  public void onFailure(Throwable failure) {
    try {
      sink.onFailure(failure);
    } catch (Throwable e) {
      warn("onError", e);
    }
  }

  /** Once for each stream, because a broken listener would otherwise log a line for each token. */
  private void warn(String callback, Throwable e) {
    if (warned) {
      return;
    }
    warned = true;
    // Logs only type and place, because the message may quote the answer.
    StackTraceElement[] stack = e.getStackTrace();
    log.warn(
        "A listener's {} threw {} at {}; the stream goes on, further failures of it are not logged",
        callback,
        e.getClass().getName(),
        stack.length == 0 ? "an unknown place" : stack[0],
        // It quotes nothing, and an application may want to end the process because of it.
        e instanceof VirtualMachineError ? e : null);
  }
}
