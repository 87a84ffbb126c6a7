package io.agentstream.wire.internal;

import static io.agentstream.wire.internal.CommandReader.MAX_ID_CHARS;
import static io.agentstream.wire.internal.CommandReader.conversationId;

import io.agentstream.identity.ConversationQuery;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ViewingCommand.JoinConversation;
import io.agentstream.wire.ViewingCommand.LeaveConversation;
import io.agentstream.wire.ViewingCommand.ListAgents;
import io.agentstream.wire.ViewingCommand.ListConversations;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.Map;

/** Reads the commands that list, start, join or leave conversations. */
final class ViewingReaders {

  private static final int MAX_QUERY_CHARS = 200;
  private static final int MAX_NAME_CHARS = 64;

  private ViewingReaders() {}

  static Map<String, CommandReader> within(Limits limits) {
    return Map.of(
        "list_agents", data -> new ListAgents(),
        "list_conversations", ViewingReaders::list,
        "start_conversation", data -> start(data, limits),
        "join_conversation", ViewingReaders::join,
        "leave_conversation", data -> new LeaveConversation(conversationId(data)));
  }

  private static ClientCommand list(CommandFields data) throws ProtocolException {
    return new ListConversations(
        data.optionalText("query", MAX_QUERY_CHARS),
        data.optionalText("cursor", MAX_ID_CHARS),
        data.optionalInt("limit", 1, ConversationQuery.MAX_LIMIT));
  }

  private static ClientCommand start(CommandFields data, Limits limits) throws ProtocolException {
    return new StartConversation(
        data.text("topic", limits.maxTopicChars()),
        data.optionalTexts("agents", limits.maxAgents(), MAX_NAME_CHARS),
        data.optionalInt("max_rounds", 1, limits.maxRounds()),
        data.optionalText("speaker_selection", MAX_ID_CHARS),
        data.optionalText("request_id", MAX_ID_CHARS),
        data.optionalText("team", MAX_ID_CHARS),
        data.optionalObject("definitions", CatalogueReaders.MAX_DEFINITIONS_CHARS));
  }

  private static ClientCommand join(CommandFields data) throws ProtocolException {
    return new JoinConversation(
        conversationId(data),
        data.optionalLong("epoch", 1),
        data.optionalLong("after_seq", 0),
        data.optionalText("share_token", MAX_ID_CHARS),
        data.optionalChoice("presence"));
  }
}
