package io.agentstream.hub;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.hub.LocalConversations.Running;
import io.agentstream.identity.User;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalWriter;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.internal.Authors;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Begins a conversation on this node: writes its events to the journal, counts it, and removes it
 * some time after its end. Thread-safe; no method blocks.
 */
final class LocalStart {

  /** How long a conversation that ends with its viewer runs without one. */
  private static final Duration WITHOUT_VIEWER = Duration.ofSeconds(5);

  private final LocalConversations conversations;
  private final Journal journal;
  private final Audience audience;
  private final HubSettings settings;
  private final Records records;

  LocalStart(
      LocalConversations conversations,
      Journal journal,
      Audience audience,
      HubSettings settings,
      Records records) {
    this.conversations = conversations;
    this.journal = journal;
    this.audience = audience;
    this.settings = settings;
    this.records = records;
  }

  /**
   * A conversation's id, its epoch and who starts it.
   *
   * @param epoch from 1
   * @param user null if nobody is known, or it was started before
   * @param endsWithViewer true if it runs only as long as somebody views it
   */
  record Identity(String id, long epoch, @Nullable User user, boolean endsWithViewer) {}

  /**
   * Begins a conversation; undoes its counts if that fails.
   *
   * @param definition how a viewer started it; null if the application did
   * @param unfinished the messages that another node has left unfinished
   */
  Conversation begin(
      ConversationBuilder builder,
      Identity identity,
      @Nullable StartConversation definition,
      Set<String> unfinished,
      ConversationMeter meter) {
    try {
      return attempt(builder, identity, definition, unfinished, meter);
    } catch (Throwable e) {
      meter.close();
      throw e;
    }
  }

  private Conversation attempt(
      ConversationBuilder builder,
      Identity identity,
      @Nullable StartConversation definition,
      Set<String> unfinished,
      ConversationMeter meter) {
    String id = identity.id();
    User user = identity.user();
    builder.id(id).epoch(identity.epoch()).allowance(meter).hold(conversations.hold());
    if (user != null) {
      builder.author(Authors.of(user)).owner(ownerId(user));
    }
    DeliveryListener listener = settings.listener();
    if (listener != null) {
      listener.onConversation(builder);
    }
    JournalWriter writer = journal.open(id, identity.epoch());
    Scribe scribe = new Scribe(writer, definition, unfinished, meter);
    Retention retention =
        new Retention(
            id,
            settings.clock(),
            settings.timeouts().endedConversation(),
            definition != null ? audience : null,
            identity.endsWithViewer() ? WITHOUT_VIEWER : meter.unviewed(settings.timeouts()),
            records::expire);
    Conversation conversation =
        builder
            .inlineListener(scribe)
            .inlineListener(retention)
            .beforeToolCalls(scribe::recorded)
            .start();
    Running running = new Running(conversation, scribe, retention::stop);
    try {
      conversations.add(running);
      scribe.begin(conversation);
      // Only now, because what is removed must have its events: it may have ended already.
      retention.begin(running);
      meter.bind(conversation, () -> records.expire(running));
    } catch (Throwable e) {
      conversations.remove(running);
      HubNode.abandon(running);
      throw e;
    }
    return conversation;
  }

  /** An anonymous viewer's id lasts no longer than the connection, so it owns nothing. */
  static @Nullable String ownerId(@Nullable User owner) {
    return owner == null || owner.anonymous() ? null : owner.id();
  }
}
