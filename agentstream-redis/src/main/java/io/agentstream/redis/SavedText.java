package io.agentstream.redis;

import io.agentstream.delivery.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.state.StateFormatException;
import io.agentstream.wire.ClientCommand.StartConversation;
import io.agentstream.wire.CommandDecoder;
import io.agentstream.wire.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a node has kept for the others. */
final class SavedText {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  private SavedText() {}

  /** Null if this version or these limits do not allow to go on with it. */
  static @Nullable SavedConversation read(String definition, String state, Limits limits) {
    try {
      if (new CommandDecoder(limits).decode(definition).command()
          instanceof StartConversation start) {
        return new SavedConversation(start, ConversationStateJson.read(state));
      }
      log.error("What another node kept is no definition of a conversation");
    } catch (ProtocolException e) {
      log.error("What another node kept does not fit this one: {}", e.reason());
    } catch (StateFormatException e) {
      log.error("What another node kept does not fit this one: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Without its message, which may quote what was said.
      log.error("What another node kept is broken: {}", e.getClass().getName());
    }
    return null;
  }
}
