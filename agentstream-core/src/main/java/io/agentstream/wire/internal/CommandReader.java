package io.agentstream.wire.internal;

import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ProtocolException;

/** Reads the commands of one type. */
@FunctionalInterface
interface CommandReader {

  /** The maximum length of ids and names in a command, in UTF-16 code units. */
  int MAX_ID_CHARS = 128;

  /** Reads a command from its fields. */
  ClientCommand read(CommandFields data) throws ProtocolException;

  /** Reads the field that names the command's conversation. */
  static String conversationId(CommandFields data) throws ProtocolException {
    return data.text("conversation_id", MAX_ID_CHARS);
  }
}
