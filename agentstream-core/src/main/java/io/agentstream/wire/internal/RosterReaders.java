package io.agentstream.wire.internal;

import static io.agentstream.wire.internal.CommandReader.MAX_ID_CHARS;
import static io.agentstream.wire.internal.CommandReader.conversationId;

import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.RosterCommand.MuteAgent;
import io.agentstream.wire.RosterCommand.RemoveAgent;
import io.agentstream.wire.RosterCommand.UnmuteAgent;
import java.util.Map;

/** Reads commands that change who takes part in a conversation. */
final class RosterReaders {

  private RosterReaders() {}

  static Map<String, CommandReader> all() {
    return Map.of(
        "mute_agent", data -> new MuteAgent(conversationId(data), agentName(data)),
        "unmute_agent", data -> new UnmuteAgent(conversationId(data), agentName(data)),
        "add_agent", RosterReaders::addAgent,
        "remove_agent", data -> new RemoveAgent(conversationId(data), agentName(data)));
  }

  private static ClientCommand addAgent(CommandFields data) throws ProtocolException {
    return new AddAgent(
        conversationId(data),
        agentName(data),
        data.optionalObject("definitions", CatalogueReaders.MAX_DEFINITIONS_CHARS));
  }

  private static String agentName(CommandFields data) throws ProtocolException {
    return data.text("agent_name", MAX_ID_CHARS);
  }
}
