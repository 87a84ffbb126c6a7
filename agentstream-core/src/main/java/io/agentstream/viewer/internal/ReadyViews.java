package io.agentstream.viewer.internal;

import io.agentstream.viewer.HubLoad;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The views of one connection, and those that may have something to send. Not thread-safe. */
final class ReadyViews {

  private final Map<String, View> views = new HashMap<>();
  // In turn, so that a frame needs no check of all other views.
  private final Queue<View> ready = new ArrayDeque<>();
  private final Map<String, Integer> held = new HashMap<>();

  void add(View view) {
    views.put(view.conversationId(), view);
    makeReady(view);
  }

  /** Returns false if it was not viewed. */
  boolean remove(String conversationId) {
    View view = views.remove(conversationId);
    if (view == null) {
      return false;
    }
    view.close();
    ready.remove(view);
    return true;
  }

  boolean contains(String conversationId) {
    return views.containsKey(conversationId);
  }

  boolean isAwaiting(String conversationId) {
    View view = views.get(conversationId);
    return view != null && view.isAwaited();
  }

  int size() {
    return views.size();
  }

  /** Returns the conversations that were viewed. */
  Set<String> removeAll() {
    Set<String> viewed = Set.copyOf(views.keySet());
    ready.clear();
    views.values().forEach(View::close);
    views.clear();
    return viewed;
  }

  /** The number of events that each view lacks. */
  long[] eventsBehind() {
    return views.values().stream().mapToLong(view -> view.subscription().eventsBehind()).toArray();
  }

  HubLoad load(int answersWaiting) {
    long[] behind = eventsBehind();
    return new HubLoad(
        1,
        0,
        behind.length,
        answersWaiting,
        (int) Arrays.stream(behind).filter(events -> events > 0).count(),
        Arrays.stream(behind).sum(),
        0,
        0,
        0,
        false);
  }

  void makeReady(View view) {
    if (!view.queued && !view.closed) {
      view.queued = true;
      ready.add(view);
    }
  }

  /** Returns the next view that may have something to send, or null. */
  @Nullable View next() {
    View view;
    while ((view = ready.poll()) != null) {
      view.queued = false;
      if (!isHeld(view)) {
        view.busy = true;
        return view;
      }
    }
    return null;
  }

  /**
   * Reports that the result of {@link #next} has been handled.
   *
   * @param sent true if a frame of it was sent
   */
  void done(View view, boolean sent) {
    view.busy = false;
    if (sent) {
      view.left();
      makeReady(view);
    }
  }

  void hold(String conversationId) {
    held.merge(conversationId, 1, Integer::sum);
  }

  void release(String conversationId) {
    held.computeIfPresent(conversationId, (id, times) -> times > 1 ? times - 1 : null);
    View view = views.get(conversationId);
    if (view != null) {
      makeReady(view);
    }
  }

  boolean isHeld(View view) {
    return !held.isEmpty() && held.containsKey(view.conversationId());
  }
}
