package io.agentstream.upstream;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Observes the HTTP calls of a langchain4j model, because the model itself provides no handle
 * before the first token.
 *
 * <pre>{@code
 * UpstreamCalls.observing(calls::add, () -> model.chat(request, handler));
 * }</pre>
 */
public final class UpstreamCalls {

  private static final ThreadLocal<@Nullable Consumer<? super UpstreamCall>> OBSERVER =
      new ThreadLocal<>();

  private UpstreamCalls() {}

  /**
   * Runs {@code action} on the calling thread. Each streamed call that an {@link
   * EventDrivenHttpClient} starts on this thread meanwhile is passed to {@code observer} before it
   * is sent. A call that the observer cancels is not sent.
   *
   * <p>May be nested: the inner observer replaces the outer one for its action. Calls that the
   * action starts on other threads are not seen. An exception of the observer propagates through
   * the model, and an exception of the action propagates from this method.
   */
  public static void observing(Consumer<? super UpstreamCall> observer, Runnable action) {
    Consumer<? super UpstreamCall> outer = OBSERVER.get();
    OBSERVER.set(observer);
    try {
      action.run();
    } finally {
      restore(outer);
    }
  }

  /**
   * Passes a call to this thread's observer, if there is one, for models that make their calls
   * themselves. Must be called before the call is sent.
   */
  public static void announce(UpstreamCall call) {
    Consumer<? super UpstreamCall> observer = OBSERVER.get();
    if (observer != null) {
      observer.accept(call);
    }
  }

  private static void restore(@Nullable Consumer<? super UpstreamCall> outer) {
    if (outer == null) {
      OBSERVER.remove();
    } else {
      OBSERVER.set(outer);
    }
  }
}
