package io.agentstream.upstream;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets hold of the calls that a langchain4j model makes, since the model itself hands out no handle
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
   * EventDrivenHttpClient} starts on this thread meanwhile is handed to {@code observer} before it
   * is sent; one that the observer cancels is not sent at all.
   *
   * <p>May be nested: the inner observer replaces the outer one for its action. Calls that the
   * action starts on other threads are not seen. What the observer throws leaves through the model;
   * what the action throws leaves here.
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
   * Hands a call to whoever is observing on this thread, if anybody is; for models that make their
   * calls themselves. To be called before the call is sent.
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
