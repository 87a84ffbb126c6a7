package io.agentstream.store;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.ConversationLog;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversations in memory. Those that run here are held; those that were read for a viewer, or
 * rest after their end, stay only as long as a viewer or an unfinished write refers to them. Safe
 * from any thread.
 */
final class LiveConversations {

  private static final int SWEEP_EVERY = 256;

  private final Limits limits;
  private final ChatClock clock;

  // Guarded by this.
  private final Map<String, LiveConversation> held = new HashMap<>();
  private final Map<String, WeakReference<LiveConversation>> resting = new HashMap<>();
  private int rested;

  LiveConversations(Limits limits, ChatClock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Returns it if it is in memory. */
  synchronized @Nullable LiveConversation get(String id) {
    LiveConversation conversation = held.get(id);
    return conversation != null ? conversation : resting(id);
  }

  private @Nullable LiveConversation resting(String id) {
    WeakReference<LiveConversation> reference = resting.get(id);
    return reference == null ? null : reference.get();
  }

  /** Returns it from memory, and holds it from now on; makes a new one if there is none. */
  synchronized LiveConversation hold(String id) {
    LiveConversation conversation = get(id);
    if (conversation == null) {
      conversation = new LiveConversation(new ConversationLog(id, limits, clock));
    }
    resting.remove(id);
    held.put(id, conversation);
    return conversation;
  }

  /** Returns the one in memory, or else makes one of what was read. */
  synchronized LiveConversation read(ConversationInfo info, Snapshot.Content content) {
    String id = info.conversationId();
    LiveConversation known = get(id);
    if (known != null) {
      return known;
    }
    LiveConversation read =
        LiveConversation.read(info, new ConversationLog(id, limits, clock), content);
    rest(read);
    return read;
  }

  /** Holds it no longer. */
  synchronized @Nullable LiveConversation rest(String id) {
    LiveConversation conversation = held.remove(id);
    if (conversation != null) {
      rest(conversation);
    }
    return conversation;
  }

  private void rest(LiveConversation conversation) {
    resting.put(conversation.id, new WeakReference<>(conversation));
    rested++;
    if (rested % SWEEP_EVERY == 0) {
      resting.values().removeIf(reference -> reference.get() == null);
    }
  }

  synchronized void remove(String id) {
    held.remove(id);
    resting.remove(id);
  }

  /** Returns how many are in memory, the forgotten ones that were not swept out included. */
  synchronized int size() {
    return held.size() + resting.size();
  }
}
