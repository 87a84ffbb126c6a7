package io.agentstream.wire.internal;

import static io.agentstream.wire.internal.CommandReader.conversationId;

import io.agentstream.wire.PresenceCommand.Typing;
import java.util.Map;

/** Reads the commands about who is here. */
final class PresenceReaders {

  private PresenceReaders() {}

  static Map<String, CommandReader> all() {
    return Map.of("typing", data -> new Typing(conversationId(data)));
  }
}
