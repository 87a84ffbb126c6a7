package io.agentstream.delivery;

import io.agentstream.chat.Conversation;
import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.MessageReset;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamedText;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.wire.ClientCommand.StartConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens in a conversation into its journal, and, when a turn is over or begins, what
 * another node would need to go on. Events come one at a time; the rest is safe from any thread.
 */
final class Scribe implements StreamListener {

  private static final Logger log = LoggerFactory.getLogger(Scribe.class);
  private static final String TAKEN_OVER = "The turn is taken again on another node.";

  private final JournalWriter writer;
  private final @Nullable StartConversation definition;
  private final Set<String> cut;
  private final AtomicBoolean saving = new AtomicBoolean();
  private volatile @Nullable Conversation conversation;
  private volatile boolean closed;

  // Guarded by this. Null: events are written as they come.
  private @Nullable List<ChatEvent> held = new ArrayList<>();

  /**
   * @param definition what another node would make the conversation of; null if none could
   * @param cut the messages that another node left unfinished
   */
  Scribe(JournalWriter writer, @Nullable StartConversation definition, Set<String> cut) {
    this.writer = writer;
    this.definition = definition;
    this.cut = cut;
  }

  /** Shows readers all that has happened so far at once, and from now on each event as it comes. */
  synchronized void begin(Conversation conversation) {
    this.conversation = conversation;
    List<ChatEvent> events = held;
    held = null;
    if (events != null && !events.isEmpty() && !closed) {
      write(() -> writer.appendAll(events));
    }
    save();
  }

  /** Tells readers, and nobody else, that it has failed. */
  synchronized void fail(String problem) {
    put(new ChatError(ErrorCode.INTERNAL, problem, null, null, false, true));
    put(new ConversationEnded(EndReason.FAILED, problem, LeftConversation.noUsage()));
  }

  /** Writes nothing more. */
  void close() {
    closed = true;
  }

  @Override
  public synchronized void onEvent(ChatEvent event) {
    put(event);
    if (event instanceof SpeakerChange speaker && cut.contains(speaker.messageId())) {
      put(new MessageReset(speaker.messageId(), 0, TAKEN_OVER));
    }
    if (changesState(event)) {
      save();
    }
  }

  private static boolean changesState(ChatEvent event) {
    return !(event instanceof StreamedText
        || event instanceof ToolCall
        || event instanceof ToolResult);
  }

  private void put(ChatEvent event) {
    if (closed) {
      return;
    }
    if (held != null) {
      held.add(event);
    } else {
      write(() -> writer.append(event));
    }
  }

  private void write(Runnable append) {
    try {
      append.run();
    } catch (StaleEpochException e) {
      // Whoever opened the later epoch goes on with the conversation; this node is told apart.
      closed = true;
      log.warn("{}", e.getMessage());
    }
  }

  /** Keeps the conversation as it stands after what is under way in it. */
  void save() {
    Conversation running = conversation;
    if (definition == null || running == null || closed || !saving.compareAndSet(false, true)) {
      return;
    }
    CompletionStage<Void> unused =
        running
            .snapshot()
            .thenAccept(
                state -> {
                  saving.set(false);
                  if (!closed) {
                    writer.keep(new SavedConversation(definition, state));
                  }
                });
  }
}
