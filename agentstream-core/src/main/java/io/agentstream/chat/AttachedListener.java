package io.agentstream.chat;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamListener;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A listener that is made for a conversation, which exists only after its list of listeners. */
final class AttachedListener implements StreamListener {

  private final Function<? super Conversation, ? extends StreamListener> make;
  private volatile @Nullable StreamListener made;

  AttachedListener(Function<? super Conversation, ? extends StreamListener> make) {
    this.make = Objects.requireNonNull(make, "make");
  }

  /** Returns the name of a listener's class, for logs. */
  static String nameOf(StreamListener listener) {
    StreamListener own =
        listener instanceof AttachedListener attached && attached.made != null
            ? attached.made
            : listener;
    return own.getClass().getName();
  }

  /** Makes the listener; called before the first event. */
  void attach(Conversation conversation) {
    made = Objects.requireNonNull(make.apply(conversation), "listener");
  }

  @Override
  public void onEvent(ChatEvent event) {
    Objects.requireNonNull(made, "made").onEvent(event);
  }
}
