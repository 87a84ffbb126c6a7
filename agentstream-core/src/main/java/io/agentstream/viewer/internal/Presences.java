package io.agentstream.viewer.internal;

import io.agentstream.event.Author;
import io.agentstream.identity.User;
import io.agentstream.presence.Attendee;
import io.agentstream.wire.ControlFrame;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The conversations in which one connection takes part: it is seen there, and sees who is there.
 */
final class Presences {

  private final Conversations conversations;
  private final Screen screen;
  private final Supplier<@Nullable User> user;
  private final ConcurrentHashMap<String, Seen> attended = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Presences(Conversations conversations, Screen screen, Supplier<@Nullable User> user) {
    this.conversations = conversations;
    this.screen = screen;
    this.user = user;
  }

  /** Takes note that the connection views the conversation, and whether its viewer takes part. */
  void viewing(String conversationId, User viewer, boolean takesPart) {
    if (!takesPart) {
      drop(conversationId);
      return;
    }
    Seen seen = new Seen(conversationId, viewer);
    if (attended.putIfAbsent(conversationId, seen) == null) {
      conversations.attend(conversationId, seen);
      if (closed) {
        drop(conversationId);
      }
    }
  }

  /** Takes note that the connection no longer views the conversation. */
  void drop(String conversationId) {
    Seen seen = attended.remove(conversationId);
    if (seen != null) {
      conversations.unattend(conversationId, seen);
    }
  }

  /** The viewer has another name. */
  void renamed() {
    attended.keySet().forEach(conversations::renamed);
  }

  void close() {
    closed = true;
    attended.keySet().forEach(this::drop);
  }

  /** One conversation. A slow viewer gets the newest state and not each one in between. */
  private final class Seen implements Attendee {
    private final String conversationId;
    private final User first;

    // Guarded by this.
    private boolean sending;
    private ControlFrame.@Nullable Presence next;

    Seen(String conversationId, User first) {
      this.conversationId = conversationId;
      this.first = first;
    }

    @Override
    public Author author() {
      User now = user.get();
      return Authors.of(now == null ? first : now);
    }

    @Override
    public boolean isHere() {
      return attended.get(conversationId) == this;
    }

    @Override
    public void show(ControlFrame.Presence presence) {
      synchronized (this) {
        next = presence;
        if (sending) {
          return;
        }
        sending = true;
      }
      sendNext();
    }

    private void sendNext() {
      ControlFrame.Presence frame;
      synchronized (this) {
        frame = next;
        next = null;
        if (frame == null || !screen.views(conversationId)) {
          sending = false;
          return;
        }
      }
      screen.answer(frame, null, this::sendNext);
    }
  }
}
