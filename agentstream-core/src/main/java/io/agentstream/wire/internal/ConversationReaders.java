package io.agentstream.wire.internal;

import static io.agentstream.wire.internal.CommandReader.MAX_ID_CHARS;
import static io.agentstream.wire.internal.CommandReader.conversationId;

import io.agentstream.event.Delivery;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ConversationCommand.CallOn;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.ConversationCommand.EditMessage;
import io.agentstream.wire.ConversationCommand.InputResponse;
import io.agentstream.wire.ConversationCommand.PauseConversation;
import io.agentstream.wire.ConversationCommand.RenameConversation;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.StopConversation;
import io.agentstream.wire.ConversationCommand.StopSpeaker;
import io.agentstream.wire.ConversationCommand.UnpauseConversation;
import io.agentstream.wire.ConversationCommand.WithdrawMessage;
import io.agentstream.wire.ProtocolException;
import java.util.Map;

/** Reads commands to a conversation. */
final class ConversationReaders {

  private final Limits limits;

  private ConversationReaders(Limits limits) {
    this.limits = limits;
  }

  static Map<String, CommandReader> within(Limits limits) {
    ConversationReaders readers = new ConversationReaders(limits);
    return Map.ofEntries(
        Map.entry("send_message", readers::sendMessage),
        Map.entry("edit_message", readers::editMessage),
        Map.entry("withdraw_message", ConversationReaders::withdrawMessage),
        Map.entry("input_response", readers::inputResponse),
        Map.entry("call_on", ConversationReaders::callOn),
        Map.entry("stop_speaker", ConversationReaders::stopSpeaker),
        Map.entry("stop_conversation", data -> new StopConversation(conversationId(data))),
        Map.entry("pause_conversation", data -> new PauseConversation(conversationId(data))),
        Map.entry("unpause_conversation", data -> new UnpauseConversation(conversationId(data))),
        Map.entry("rename_conversation", ConversationReaders::rename),
        Map.entry("delete_conversation", data -> new DeleteConversation(conversationId(data))));
  }

  private ClientCommand sendMessage(CommandFields data) throws ProtocolException {
    return new SendMessage(
        conversationId(data),
        content(data),
        data.optionalBoolean("interrupt"),
        data.optionalText("message_id", MAX_ID_CHARS),
        data.optionalValue("when", Delivery.class));
  }

  private ClientCommand editMessage(CommandFields data) throws ProtocolException {
    return new EditMessage(
        conversationId(data), data.text("queue_id", MAX_ID_CHARS), content(data));
  }

  private static ClientCommand withdrawMessage(CommandFields data) throws ProtocolException {
    return new WithdrawMessage(conversationId(data), data.text("queue_id", MAX_ID_CHARS));
  }

  private ClientCommand inputResponse(CommandFields data) throws ProtocolException {
    return new InputResponse(
        conversationId(data), data.text("request_id", MAX_ID_CHARS), content(data));
  }

  private static ClientCommand callOn(CommandFields data) throws ProtocolException {
    return new CallOn(conversationId(data), data.text("agent_name", MAX_ID_CHARS));
  }

  private static ClientCommand stopSpeaker(CommandFields data) throws ProtocolException {
    return new StopSpeaker(
        conversationId(data),
        data.optionalText("message_id", MAX_ID_CHARS),
        data.optionalText("request_id", MAX_ID_CHARS));
  }

  private static ClientCommand rename(CommandFields data) throws ProtocolException {
    return new RenameConversation(
        conversationId(data), data.line("title", RenameConversation.MAX_TITLE_CHARS));
  }

  private String content(CommandFields data) throws ProtocolException {
    return data.text("content", limits.maxTopicChars());
  }
}
