package io.agentstream.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.internal.PersonName;
import io.agentstream.settings.Limits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes viewers' commands. An unknown field is ignored; an unknown type is refused as unknown.
 * Thread-safe.
 */
public final class CommandDecoder {

  /** The field in which nodes pass on who sent a command. */
  static final String AUTHOR = "author";

  private static final int MAX_ID_CHARS = 128;
  private static final int MAX_TOKEN_CHARS = 8_192;
  private static final int MAX_QUERY_CHARS = 200;

  /** A start that is read from a store holds all definitions that its user's team needs. */
  private static final int MAX_DEFINITIONS_CHARS = 262_144;

  private final Limits limits;
  private final Map<String, Reader> readers =
      Map.ofEntries(
          entry("list_agents", data -> new ClientCommand.ListAgents()),
          entry(
              "save_agent",
              data -> new ClientCommand.SaveAgent(data.object("agent", MAX_DEFINITIONS_CHARS))),
          entry(
              "delete_agent",
              data -> new ClientCommand.DeleteAgent(data.text("name", MAX_ID_CHARS))),
          entry(
              "save_team",
              data -> new ClientCommand.SaveTeam(data.object("team", MAX_DEFINITIONS_CHARS))),
          entry(
              "delete_team", data -> new ClientCommand.DeleteTeam(data.text("name", MAX_ID_CHARS))),
          entry("start_conversation", this::start),
          entry("join_conversation", this::join),
          entry(
              "leave_conversation",
              data -> new ClientCommand.LeaveConversation(conversationId(data))),
          entry("send_message", this::sendMessage),
          entry("edit_message", this::editMessage),
          entry("withdraw_message", this::withdrawMessage),
          entry(
              "call_on",
              data ->
                  new ClientCommand.CallOn(
                      conversationId(data), data.text("agent_name", MAX_ID_CHARS))),
          entry("set_name", this::setName),
          entry("stop_speaker", this::stopSpeaker),
          entry(
              "stop_conversation",
              data -> new ClientCommand.StopConversation(conversationId(data))),
          entry(
              "pause_conversation",
              data -> new ClientCommand.PauseConversation(conversationId(data))),
          entry(
              "unpause_conversation",
              data -> new ClientCommand.UnpauseConversation(conversationId(data))),
          entry("input_response", this::inputResponse),
          entry("list_conversations", this::list),
          entry("rename_conversation", this::rename),
          entry(
              "delete_conversation",
              data -> new ClientCommand.DeleteConversation(conversationId(data))),
          entry(
              "authenticate",
              data -> new ClientCommand.Authenticate(data.text("token", MAX_TOKEN_CHARS))),
          entry("ping", data -> new ClientCommand.Ping()),
          entry("pong", data -> new ClientCommand.Pong()));

  private final boolean trustsAuthors;

  /** Creates a decoder for viewers, who cannot say in whose name they speak. */
  public CommandDecoder(Limits limits) {
    this(limits, false);
  }

  private CommandDecoder(Limits limits, boolean trustsAuthors) {
    this.limits = limits;
    this.trustsAuthors = trustsAuthors;
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
    Reader reader = readers.get(type.textValue());
    if (reader == null) {
      throw new ProtocolException(
          ErrorCode.UNKNOWN_TYPE, "No such command; see docs/protocol.md, section 3.", id);
    }
    ClientCommand command = reader.read(new CommandFields(root.get("data"), id));
    return new Request(id, trustsAuthors ? authored(command, root.path("data")) : command);
  }

  private static ClientCommand authored(ClientCommand command, JsonNode data) {
    JsonNode author = data.path(AUTHOR);
    return author.isObject() && command instanceof ClientCommand.ConversationCommand steering
        ? new ClientCommand.Authored(steering, Json.STORED.convertValue(author, Author.class))
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
    if (!id.isTextual() || id.textValue().length() > MAX_ID_CHARS) {
      throw new ProtocolException(
          ErrorCode.INVALID_FIELD,
          "'id' must be a text of at most " + MAX_ID_CHARS + " characters.",
          null);
    }
    return id.textValue();
  }

  private ClientCommand start(CommandFields data) throws ProtocolException {
    return new ClientCommand.StartConversation(
        data.text("topic", limits.maxTopicChars()),
        data.optionalTexts("agents", limits.maxAgents(), 64),
        data.optionalInt("max_rounds", 1, limits.maxRounds()),
        data.optionalText("speaker_selection", MAX_ID_CHARS),
        data.optionalText("request_id", MAX_ID_CHARS),
        data.optionalText("team", MAX_ID_CHARS),
        data.optionalObject("definitions", MAX_DEFINITIONS_CHARS));
  }

  private ClientCommand join(CommandFields data) throws ProtocolException {
    return new ClientCommand.JoinConversation(
        conversationId(data), data.optionalLong("epoch", 1), data.optionalLong("after_seq", 0));
  }

  private ClientCommand sendMessage(CommandFields data) throws ProtocolException {
    return new ClientCommand.SendMessage(
        conversationId(data),
        data.text("content", limits.maxTopicChars()),
        data.optionalBoolean("interrupt"),
        data.optionalText("message_id", MAX_ID_CHARS),
        data.optionalValue("when", Delivery.class));
  }

  private ClientCommand editMessage(CommandFields data) throws ProtocolException {
    return new ClientCommand.EditMessage(
        conversationId(data),
        data.text("queue_id", MAX_ID_CHARS),
        data.text("content", limits.maxTopicChars()));
  }

  private ClientCommand withdrawMessage(CommandFields data) throws ProtocolException {
    return new ClientCommand.WithdrawMessage(
        conversationId(data), data.text("queue_id", MAX_ID_CHARS));
  }

  private ClientCommand setName(CommandFields data) throws ProtocolException {
    return new ClientCommand.SetName(data.line("name", PersonName.MAX_LENGTH));
  }

  private ClientCommand stopSpeaker(CommandFields data) throws ProtocolException {
    return new ClientCommand.StopSpeaker(
        conversationId(data), data.optionalText("message_id", MAX_ID_CHARS));
  }

  private ClientCommand inputResponse(CommandFields data) throws ProtocolException {
    return new ClientCommand.InputResponse(
        conversationId(data),
        data.text("request_id", MAX_ID_CHARS),
        data.text("content", limits.maxTopicChars()));
  }

  private ClientCommand list(CommandFields data) throws ProtocolException {
    return new ClientCommand.ListConversations(
        data.optionalText("query", MAX_QUERY_CHARS),
        data.optionalText("cursor", MAX_ID_CHARS),
        data.optionalInt("limit", 1, ConversationQuery.MAX_LIMIT));
  }

  private ClientCommand rename(CommandFields data) throws ProtocolException {
    return new ClientCommand.RenameConversation(
        conversationId(data), data.line("title", ClientCommand.RenameConversation.MAX_TITLE_CHARS));
  }

  private static Map.Entry<String, Reader> entry(String type, Reader reader) {
    return Map.entry(type, reader);
  }

  private static String conversationId(CommandFields data) throws ProtocolException {
    return data.text("conversation_id", MAX_ID_CHARS);
  }

  private interface Reader {
    ClientCommand read(CommandFields data) throws ProtocolException;
  }
}
