package io.agentstream.wire.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.Authored;
import io.agentstream.wire.ConversationCommand.CallOn;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.ConversationCommand.EditMessage;
import io.agentstream.wire.ConversationCommand.InputResponse;
import io.agentstream.wire.ConversationCommand.PauseConversation;
import io.agentstream.wire.ConversationCommand.RenameConversation;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.SteeringHandler;
import io.agentstream.wire.ConversationCommand.StopConversation;
import io.agentstream.wire.ConversationCommand.StopSpeaker;
import io.agentstream.wire.ConversationCommand.UnpauseConversation;
import io.agentstream.wire.ConversationCommand.WithdrawMessage;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.RosterCommand.MuteAgent;
import io.agentstream.wire.RosterCommand.RemoveAgent;
import io.agentstream.wire.RosterCommand.UnmuteAgent;
import io.agentstream.wire.ViewingCommand.StartConversation;

/** Encodes commands for other nodes, in the form that {@link CommandDecoder} reads. Thread-safe. */
public final class CommandEncoder {

  private CommandEncoder() {}

  /** Encodes a command to a conversation. */
  public static String encode(ConversationCommand command) {
    return encode(command.deliverTo(new Name()), command);
  }

  /** Encodes the definition of a conversation. */
  public static String encode(StartConversation command) {
    return encode("start_conversation", command);
  }

  private static String encode(String type, ClientCommand command) {
    ObjectNode message = Json.MAPPER.createObjectNode().put("type", type);
    message.set("data", data(command));
    return message.toString();
  }

  private static ObjectNode data(ClientCommand command) {
    if (command instanceof Authored authored) {
      ObjectNode data = data(authored.command());
      data.set(CommandDecoder.AUTHOR, Json.MAPPER.valueToTree(authored.author()));
      return data;
    }
    return Json.MAPPER.valueToTree(command);
  }

  private static final class Name implements SteeringHandler<String> {
    @Override
    public String onSendMessage(SendMessage command) {
      return "send_message";
    }

    @Override
    public String onStopSpeaker(StopSpeaker command) {
      return "stop_speaker";
    }

    @Override
    public String onStopConversation(StopConversation command) {
      return "stop_conversation";
    }

    @Override
    public String onPauseConversation(PauseConversation command) {
      return "pause_conversation";
    }

    @Override
    public String onUnpauseConversation(UnpauseConversation command) {
      return "unpause_conversation";
    }

    @Override
    public String onInputResponse(InputResponse command) {
      return "input_response";
    }

    @Override
    public String onRenameConversation(RenameConversation command) {
      return "rename_conversation";
    }

    @Override
    public String onDeleteConversation(DeleteConversation command) {
      return "delete_conversation";
    }

    @Override
    public String onEditMessage(EditMessage command) {
      return "edit_message";
    }

    @Override
    public String onWithdrawMessage(WithdrawMessage command) {
      return "withdraw_message";
    }

    @Override
    public String onCallOn(CallOn command) {
      return "call_on";
    }

    @Override
    public String onMuteAgent(MuteAgent command) {
      return "mute_agent";
    }

    @Override
    public String onUnmuteAgent(UnmuteAgent command) {
      return "unmute_agent";
    }

    @Override
    public String onAddAgent(AddAgent command) {
      return "add_agent";
    }

    @Override
    public String onRemoveAgent(RemoveAgent command) {
      return "remove_agent";
    }

    @Override
    public String onAuthored(Authored command) {
      return command.command().deliverTo(this);
    }
  }
}
