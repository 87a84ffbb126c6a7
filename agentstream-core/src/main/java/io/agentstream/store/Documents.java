package io.agentstream.store;

import io.agentstream.chat.ConversationState;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.state.StateFormatException;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.ViewingCommand.StartConversation;
import io.agentstream.wire.internal.CommandDecoder;
import io.agentstream.wire.internal.CommandEncoder;
import io.agentstream.wire.internal.EventJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates between a conversation and the documents that a store keeps of it. */
final class Documents {

  private static final Logger log = LoggerFactory.getLogger(Documents.class);

  private Documents() {}

  static StoredMessage message(Snapshot.Message message) {
    return new StoredMessage(
        message.message().messageId(), message.message().content(), EventJson.write(message));
  }

  static String content(Snapshot.Content content) {
    return EventJson.write(content.with(List.of(), content.epoch()));
  }

  static EngineDocuments engine(SavedConversation saved) {
    return new EngineDocuments(
        CommandEncoder.encode(saved.definition()), ConversationStateJson.write(saved.state()));
  }

  /**
   * Returns what a snapshot of a stored conversation holds, in the epoch in which it was written. A
   * later one may have been claimed since, which numbers its events anew: a viewer that took the
   * content for its beginning would miss as many of its events.
   *
   * @return null if the conversation was never saved
   * @throws IllegalArgumentException if it is not what this version can read
   */
  static Snapshot.@Nullable Content content(StoredConversation stored) {
    String text = stored.content();
    if (text == null) {
      return null;
    }
    Snapshot.Content content = EventJson.readSnapshot(text);
    return content.with(
        stored.messages().stream().map(EventJson::readMessage).toList(), content.epoch());
  }

  /**
   * Returns what a conversation is made of; null if nothing continues it, or this version cannot.
   */
  static @Nullable StartConversation definition(StoredConversation stored, Limits limits) {
    EngineDocuments engine = stored.engine();
    try {
      return engine != null
              && new CommandDecoder(limits).decode(engine.definition()).command()
                  instanceof StartConversation definition
          ? definition
          : null;
    } catch (ProtocolException e) {
      return null;
    }
  }

  /** Returns what continues a conversation; null if this version or these limits cannot. */
  static @Nullable SavedConversation saved(StoredConversation stored, Limits limits) {
    EngineDocuments engine = stored.engine();
    if (engine == null) {
      return null;
    }
    String problem;
    try {
      if (new CommandDecoder(limits).decode(engine.definition()).command()
          instanceof StartConversation definition) {
        ConversationState state = ConversationStateJson.read(engine.state());
        return new SavedConversation(definition, state);
      }
      problem = "its definition is no start_conversation";
    } catch (ProtocolException e) {
      problem = e.reason();
    } catch (StateFormatException e) {
      problem = e.getMessage();
    } catch (RuntimeException e) {
      // Without its message, which may quote what was said.
      problem = e.getClass().getName();
    }
    log.atError()
        .addKeyValue("conversation_id", stored.info().conversationId())
        .log(
            "Conversation {}: its stored state does not fit this server: {}",
            stored.info().conversationId(),
            problem);
    return null;
  }
}
