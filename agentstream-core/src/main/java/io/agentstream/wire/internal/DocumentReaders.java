package io.agentstream.wire.internal;

import static io.agentstream.wire.internal.CommandReader.conversationId;

import io.agentstream.settings.Limits;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.DocumentCommand.ExportConversation;
import io.agentstream.wire.DocumentCommand.ImportConversation;
import io.agentstream.wire.ProtocolException;
import java.util.Map;

/** Reads the commands that export and import conversations. */
final class DocumentReaders {

  /** More parts than any document has. */
  private static final int MAX_PARTS = 1_000_000;

  private DocumentReaders() {}

  static Map<String, CommandReader> within(Limits limits) {
    return Map.of(
        "export_conversation", data -> new ExportConversation(conversationId(data)),
        "import_conversation", data -> part(data, limits));
  }

  private static ClientCommand part(CommandFields data, Limits limits) throws ProtocolException {
    return new ImportConversation(
        data.piece("part", limits.maxMessageBytes()),
        data.integer("index", 0, MAX_PARTS),
        data.optionalBoolean("last"));
  }
}
