package io.agentstream.chat;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A listener that is made for a conversation, which exists only after its list of listeners. */
final class AttachedListener implements StreamListener {

  private volatile @Nullable StreamListener made;

  /** Returns the name of a listener's class, for logs. */
  static String nameOf(StreamListener listener) {
    StreamListener own =
        listener instanceof AttachedListener attached && attached.made != null
            ? attached.made
            : listener;
    return own.getClass().getName();
  }

  /** Sets the listener; called before the first event. */
  void attach(StreamListener listener) {
    made = Objects.requireNonNull(listener, "listener");
  }

  @Override
  public void onEvent(ChatEvent event) {
    Objects.requireNonNull(made, "made").onEvent(event);
  }
}
