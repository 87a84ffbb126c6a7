package io.agentstream.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.wire.ClientCommand.Authored;
import io.agentstream.wire.ClientCommand.CallOn;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import io.agentstream.wire.ClientCommand.DeleteConversation;
import io.agentstream.wire.ClientCommand.EditMessage;
import io.agentstream.wire.ClientCommand.InputResponse;
import io.agentstream.wire.ClientCommand.PauseConversation;
import io.agentstream.wire.ClientCommand.RenameConversation;
import io.agentstream.wire.ClientCommand.SendMessage;
import io.agentstream.wire.ClientCommand.StartConversation;
import io.agentstream.wire.ClientCommand.SteeringHandler;
import io.agentstream.wire.ClientCommand.StopConversation;
import io.agentstream.wire.ClientCommand.StopSpeaker;
import io.agentstream.wire.ClientCommand.UnpauseConversation;
import io.agentstream.wire.ClientCommand.WithdrawMessage;

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
    public String onAuthored(Authored command) {
      return command.command().deliverTo(this);
    }
  }
}
