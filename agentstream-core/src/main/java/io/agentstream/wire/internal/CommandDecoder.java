package io.agentstream.wire.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.event.Author;
import io.agentstream.event.ErrorCode;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Request;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes viewers' commands. An unknown field is ignored; an unknown type is refused as unknown.
 * Thread-safe.
 */
public final class CommandDecoder {

  /** The field in which nodes pass on who sent a command. */
  static final String AUTHOR = "author";

  private final Map<String, CommandReader> readers = new HashMap<>();
  private final boolean trustsAuthors;

  /** Creates a decoder for viewers, who cannot say in whose name they speak. */
  public CommandDecoder(Limits limits) {
    this(limits, false);
  }

  private CommandDecoder(Limits limits, boolean trustsAuthors) {
    this.trustsAuthors = trustsAuthors;
    readers.putAll(CatalogueReaders.all());
    readers.putAll(ConnectionReaders.all());
    readers.putAll(ConversationReaders.within(limits));
    readers.putAll(DocumentReaders.within(limits));
    readers.putAll(PresenceReaders.all());
    readers.putAll(SharingReaders.all());
    readers.putAll(RosterReaders.all());
    readers.putAll(ViewingReaders.within(limits));
  }

  /** Returns a decoder for commands of other nodes, which know the author of each. */
  public static CommandDecoder ofNodes(Limits limits) {
    return new CommandDecoder(limits, true);
  }

  /**
   * Reads one message.
   *
   * @throws ProtocolException if it is not JSON, its type is unknown, or a field is missing or
   *     invalid
   */
  public Request decode(String text) throws ProtocolException {
    JsonNode root = parse(text);
    String id = id(root);
    JsonNode type = root.get("type");
    if (type == null || !type.isTextual()) {
      throw new ProtocolException(ErrorCode.INVALID_FIELD, "'type' must be a text.", id);
    }
    CommandReader reader = readers.get(type.textValue());
    if (reader == null) {
      throw new ProtocolException(
          ErrorCode.UNKNOWN_TYPE, "No such command; see docs/protocol.md, section 3.", id);
    }
    ClientCommand command = reader.read(new CommandFields(root.get("data"), id));
    return new Request(id, trustsAuthors ? authored(command, root.path("data")) : command);
  }

  private static ClientCommand authored(ClientCommand command, JsonNode data) {
    JsonNode author = data.path(AUTHOR);
    return author.isObject() && command instanceof ConversationCommand steering
        ? new ConversationCommand.Authored(steering, Json.STORED.convertValue(author, Author.class))
        : command;
  }

  private static JsonNode parse(String text) throws ProtocolException {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ProtocolException(ErrorCode.INVALID_JSON, "The message is not valid JSON.", null);
    }
    if (root == null || !root.isObject()) {
      throw new ProtocolException(
          ErrorCode.INVALID_JSON, "The message must be one JSON object.", null);
    }
    return root;
  }

  private static @Nullable String id(JsonNode root) throws ProtocolException {
    JsonNode id = root.get("id");
    if (id == null || id.isNull()) {
      return null;
    }
    if (!id.isTextual() || id.textValue().length() > CommandReader.MAX_ID_CHARS) {
      throw new ProtocolException(
          ErrorCode.INVALID_FIELD,
          "'id' must be a text of at most " + CommandReader.MAX_ID_CHARS + " characters.",
          null);
    }
    return id.textValue();
  }
}
