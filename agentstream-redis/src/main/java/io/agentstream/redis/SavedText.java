package io.agentstream.redis;

import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.state.StateFormatException;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ViewingCommand.StartConversation;
import io.agentstream.wire.internal.CommandDecoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the data that a node has saved for the others. */
final class SavedText {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  private SavedText() {}

  /** Returns null if this version or these limits do not allow to continue the conversation. */
  static @Nullable SavedConversation read(String definition, String state, Limits limits) {
    try {
      if (new CommandDecoder(limits).decode(definition).command()
          instanceof StartConversation start) {
        return new SavedConversation(start, ConversationStateJson.read(state));
      }
      log.error("Data saved by another node is not a conversation's definition");
    } catch (ProtocolException e) {
      log.error("Data saved by another node is not valid on this node: {}", e.reason());
    } catch (StateFormatException e) {
      log.error("Data saved by another node is not valid on this node: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Without the exception's message, which may quote the conversation.
      log.error("Data saved by another node is broken: {}", e.getClass().getName());
    }
    return null;
  }
}
