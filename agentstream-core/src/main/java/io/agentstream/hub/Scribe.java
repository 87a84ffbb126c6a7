package io.agentstream.hub;

import io.agentstream.chat.Conversation;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.MessageReset;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.StaleEpochException;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a conversation's events into its journal and, when a turn ends or begins, the data that
 * another node would need to continue. Events come one at a time; all other methods are
 * thread-safe.
 */
final class Scribe implements StreamListener {

  private static final Logger log = LoggerFactory.getLogger(Scribe.class);
  private static final String TAKEN_OVER = "The turn is taken again on another node.";

  private final JournalWriter writer;
  private final @Nullable StartConversation definition;
  private final Set<String> cut;
  private final ConversationMeter meter;
  private volatile @Nullable StateKeeper keeper;
  private volatile boolean closed;
  private volatile boolean ended;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  // Guarded by this. Null: events are written as they come.
  private @Nullable List<ChatEvent> held = new ArrayList<>();

  /**
   * @param definition the command from which another node could start the conversation; null if
   *     none could
   * @param cut the messages that another node left unfinished
   * @param meter counts the conversation's memory
   */
  Scribe(
      JournalWriter writer,
      @Nullable StartConversation definition,
      Set<String> cut,
      ConversationMeter meter) {
    this.writer = writer;
    this.definition = definition;
    this.cut = new HashSet<>(cut);
    this.meter = meter;
  }

  /**
   * Returns the command from which another node could start the conversation; null if none could.
   */
  @Nullable StartConversation definition() {
    return definition;
  }

  /** Publishes all events so far at once, and from now on each event as it occurs. */
  void begin(Conversation conversation) {
    publish(conversation);
    begun.complete(null);
  }

  private synchronized void publish(Conversation conversation) {
    if (definition != null && writer.keeps()) {
      keeper = new StateKeeper(writer, definition, conversation);
    }
    List<ChatEvent> events = held;
    held = null;
    if (events != null && !events.isEmpty() && !closed) {
      appendAll(events);
    }
    save();
  }

  /** Stops writing. */
  void close() {
    stopWriting();
    meter.close();
  }

  /**
   * Stops writing, and keeps the conversation as it stands: its last state may be still under way.
   *
   * @return done when that is as safe as the journal can make it, or has failed
   */
  CompletionStage<Void> finish() {
    meter.close();
    CompletionStage<Void> saved = saved();
    closed = true;
    begun.complete(null);
    return saved.handle(
        (done, failure) -> {
          stopWriting();
          return null;
        });
  }

  private void stopWriting() {
    closed = true;
    StateKeeper keeping = keeper;
    if (keeping != null) {
      keeping.close();
    }
    begun.complete(null);
  }

  @Override
  public void onEvent(ChatEvent event) {
    write(event);
    meter.add(event);
  }

  /** Returns true if the conversation has ended, and its last state may be still under way. */
  boolean hasEnded() {
    return ended;
  }

  private synchronized void write(ChatEvent event) {
    if (event instanceof ConversationEnded || event instanceof ConversationStarted) {
      ended = event instanceof ConversationEnded;
    }
    if (!cut.isEmpty()) {
      resetBefore(event);
    }
    put(event);
    if (changesState(event)) {
      save();
    }
  }

  /**
   * Before the first text of a repeated turn, so that viewers, which have a snapshot by then, learn
   * of the reset.
   */
  private void resetBefore(ChatEvent event) {
    String messageId = "";
    if (event instanceof StreamedText text) {
      messageId = text.messageId();
    } else if (event instanceof StreamingComplete complete) {
      messageId = complete.messageId();
    }
    if (cut.remove(messageId)) {
      put(new MessageReset(messageId, 0, TAKEN_OVER));
    }
  }

  private static boolean changesState(ChatEvent event) {
    // A tool call is recorded before the tool is called.
    return !(event instanceof StreamedText || event instanceof ToolCall);
  }

  private void put(ChatEvent event) {
    if (closed) {
      return;
    }
    if (held != null) {
      held.add(event);
    } else {
      append(event);
    }
  }

  private void append(ChatEvent event) {
    try {
      writer.append(event);
    } catch (StaleEpochException e) {
      refused(e);
    }
  }

  private void appendAll(List<ChatEvent> events) {
    try {
      writer.appendAll(events);
    } catch (StaleEpochException e) {
      refused(e);
    }
  }

  /**
   * The node that opened the later epoch continues the conversation; the backplane notifies this
   * node separately.
   */
  private void refused(StaleEpochException e) {
    stopWriting();
    log.warn("{}", e.getMessage());
  }

  /**
   * Keeps the conversation as it stands now.
   *
   * @return done when that is as safe as the journal can make it
   */
  CompletionStage<Void> saved() {
    StateKeeper keeping = keeper;
    return keeping == null ? CompletableFuture.completedStage(null) : keeping.saved();
  }

  /**
   * Keeps the conversation as it stands now, before something happens that must not happen twice.
   *
   * @return done when that is as safe as the journal can make it; fails if it is not safe, or if
   *     another node runs the conversation
   */
  CompletionStage<Void> recorded() {
    return begun
        .thenCompose(done -> record())
        .thenRun(
            () -> {
              if (closed) {
                throw new UnavailableException("The conversation no longer runs here");
              }
            });
  }

  private CompletionStage<Void> record() {
    StateKeeper keeping = keeper;
    return keeping == null ? CompletableFuture.completedStage(null) : keeping.recorded();
  }

  private void save() {
    StateKeeper keeping = keeper;
    if (keeping != null) {
      keeping.save();
    }
  }
}
