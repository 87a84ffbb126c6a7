package io.agentstream.test;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.MessageWithdrawn;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamListener;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks what becomes of the messages of people that wait. */
final class QueueRules implements StreamListener {

  private final Map<String, MessageQueued> waiting = new LinkedHashMap<>();
  private final Set<String> delivered = new HashSet<>();
  private final Set<String> withdrawn = new HashSet<>();
  private final Consumer<String> broken;

  QueueRules(Consumer<String> broken) {
    this.broken = broken;
  }

  @Override
  public void onMessageQueued(MessageQueued event) {
    String id = event.queueId();
    boolean isNew = !delivered.contains(id) && !withdrawn.contains(id);
    expect(waiting.put(id, event) == null && isNew, id + " waits twice");
  }

  @Override
  public void onMessageEdited(MessageEdited event) {
    MessageQueued before = waiting.get(event.queueId());
    expect(before != null, event.queueId() + " is edited and does not wait");
    if (before != null) {
      waiting.put(
          event.queueId(),
          new MessageQueued(event.queueId(), before.author(), event.content(), before.when()));
    }
  }

  @Override
  public void onMessageWithdrawn(MessageWithdrawn event) {
    waiting.remove(event.queueId());
    expect(!delivered.contains(event.queueId()), event.queueId() + " is withdrawn too late");
    expect(withdrawn.add(event.queueId()), event.queueId() + " is withdrawn twice");
  }

  @Override
  public void onNewMessage(NewMessage event) {
    @Nullable String id = event.queueId();
    if (id == null) {
      return;
    }
    expect(delivered.add(id), id + " is delivered twice");
    expect(!withdrawn.contains(id), id + " is delivered and was withdrawn");
    MessageQueued queued = waiting.remove(id);
    if (queued != null) {
      expect(queued.content().equals(event.content()), id + " is delivered with another text");
      expect(Objects.equals(queued.author(), event.author()), id + " has another author");
    }
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    // What is about to be withdrawn at the end is not delivered any more.
    waiting.clear();
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      broken.accept(otherwise);
    }
  }
}
