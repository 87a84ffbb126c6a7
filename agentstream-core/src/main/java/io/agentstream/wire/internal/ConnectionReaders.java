package io.agentstream.wire.internal;

import io.agentstream.internal.PersonName;
import io.agentstream.wire.ConnectionCommand.Authenticate;
import io.agentstream.wire.ConnectionCommand.Ping;
import io.agentstream.wire.ConnectionCommand.Pong;
import io.agentstream.wire.ConnectionCommand.SetName;
import java.util.Map;

/** Reads the commands that a connection carries out itself. */
final class ConnectionReaders {

  private static final int MAX_TOKEN_CHARS = 8_192;

  private ConnectionReaders() {}

  static Map<String, CommandReader> all() {
    return Map.of(
        "authenticate", data -> new Authenticate(data.text("token", MAX_TOKEN_CHARS)),
        "set_name", data -> new SetName(data.line("name", PersonName.MAX_LENGTH)),
        "ping", data -> new Ping(),
        "pong", data -> new Pong());
  }
}
