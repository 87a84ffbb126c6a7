package io.agentstream.viewer;

import java.util.List;

/** Every command of the protocol that only a user may give. */
public final class Commands {

  /** Those that name a conversation. */
  public static final List<String> OF_A_CONVERSATION =
      List.of(
          "join_conversation",
          "leave_conversation",
          "send_message",
          "edit_message",
          "withdraw_message",
          "call_on",
          "mute_agent",
          "unmute_agent",
          "add_agent",
          "remove_agent",
          "stop_speaker",
          "stop_conversation",
          "pause_conversation",
          "unpause_conversation",
          "input_response",
          "rename_conversation",
          "share_conversation",
          "list_shares",
          "revoke_share",
          "typing",
          "delete_conversation");

  public static final List<String> NEED_A_USER =
      List.of(
          "list_agents",
          "list_conversations",
          "start_conversation",
          "join_conversation",
          "leave_conversation",
          "send_message",
          "edit_message",
          "withdraw_message",
          "call_on",
          "mute_agent",
          "unmute_agent",
          "add_agent",
          "remove_agent",
          "set_name",
          "stop_speaker",
          "stop_conversation",
          "pause_conversation",
          "unpause_conversation",
          "input_response",
          "rename_conversation",
          "share_conversation",
          "list_shares",
          "revoke_share",
          "delete_conversation");

  private Commands() {}

  /** Data that is right for each of them. */
  public static String data(String type, String conversationId) {
    return switch (type) {
      case "list_agents", "list_conversations" -> "{}";
      case "start_conversation" -> "{\"topic\":\"Tea?\"}";
      case "send_message" -> of(conversationId, ",\"content\":\"Hi\"");
      case "edit_message" -> of(conversationId, ",\"queue_id\":\"q1-1\",\"content\":\"Hi\"");
      case "withdraw_message" -> of(conversationId, ",\"queue_id\":\"q1-1\"");
      case "call_on", "mute_agent", "unmute_agent", "add_agent", "remove_agent" ->
          of(conversationId, ",\"agent_name\":\"Ann\"");
      case "set_name" -> "{\"name\":\"Anna\"}";
      case "rename_conversation" -> of(conversationId, ",\"title\":\"Tea\"");
      case "share_conversation" -> of(conversationId, ",\"access\":\"view\"");
      case "revoke_share" -> of(conversationId, ",\"share_id\":\"s1\"");
      case "input_response" -> of(conversationId, ",\"request_id\":\"i1\",\"content\":\"Hi\"");
      default -> of(conversationId, "");
    };
  }

  private static String of(String conversationId, String more) {
    return "{\"conversation_id\":\"" + conversationId + "\"" + more + "}";
  }
}
