package io.agentstream.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentstream.event.ErrorCode;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ConnectionCommand;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Request;
import io.agentstream.wire.ViewingCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandDecoderTest {

  private final CommandDecoder decoder =
      new CommandDecoder(Limits.builder().maxTopicChars(20).maxAgents(2).maxRounds(9).build());

  @Test
  void a_start_with_everything() throws ProtocolException {
    Request request =
        decoder.decode(
            """
            {"type":"start_conversation","id":"7","unknown":1,"data":{"topic":"Tea?",
             "agents":["Ann","本"],"max_rounds":2,"speaker_selection":"round_robin",
             "request_id":"r1","unknown":[]}}
            """);

    assertThat(request)
        .isEqualTo(
            new Request(
                "7",
                new ViewingCommand.StartConversation(
                    "Tea?", List.of("Ann", "本"), 2, "round_robin", "r1")));
  }

  @Test
  void a_start_with_the_topic_alone() throws ProtocolException {
    assertThat(decoder.decode("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}"))
        .isEqualTo(
            new Request(
                null, new ViewingCommand.StartConversation("Tea?", null, null, null, null)));
  }

  @Test
  void joins_leaves_stops_and_pings() throws ProtocolException {
    assertThat(command("join_conversation", "{\"conversation_id\":\"c\"}"))
        .isEqualTo(new ViewingCommand.JoinConversation("c", null, null));
    assertThat(
            command("join_conversation", "{\"conversation_id\":\"c\",\"epoch\":1,\"after_seq\":0}"))
        .isEqualTo(new ViewingCommand.JoinConversation("c", 1L, 0L));
    assertThat(command("leave_conversation", "{\"conversation_id\":\"c\"}"))
        .isEqualTo(new ViewingCommand.LeaveConversation("c"));
    assertThat(command("stop_conversation", "{\"conversation_id\":\"c\"}"))
        .isEqualTo(new ConversationCommand.StopConversation("c"));
    assertThat(command("list_agents", "null")).isEqualTo(new ViewingCommand.ListAgents());
    assertThat(command("ping", "{}")).isEqualTo(new ConnectionCommand.Ping());
    assertThat(command("pong", "{}")).isEqualTo(new ConnectionCommand.Pong());
  }

  @Test
  void lists_renames_and_deletions() throws ProtocolException {
    assertThat(command("list_conversations", "null"))
        .isEqualTo(new ViewingCommand.ListConversations(null, null, null));
    assertThat(command("list_conversations", "{\"query\":\"茶\",\"cursor\":\"7\",\"limit\":200}"))
        .isEqualTo(new ViewingCommand.ListConversations("茶", "7", 200));
    assertThat(command("rename_conversation", "{\"conversation_id\":\"c\",\"title\":\"Tea\"}"))
        .isEqualTo(new ConversationCommand.RenameConversation("c", "Tea"));
    assertThat(command("delete_conversation", "{\"conversation_id\":\"c\"}"))
        .isEqualTo(new ConversationCommand.DeleteConversation("c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "list_conversations  | invalid_field  | 'query' must not be empty. | {\"query\":\" \"}",
        "list_conversations  | invalid_field  | 'query' must be a text. | {\"query\":[\"a\"]}",
        "list_conversations  | limit_exceeded | 'query' may have 200 characters at the most. | {\"query\":\"%200%\"}",
        "list_conversations  | limit_exceeded | 'cursor' may have 128 characters at the most. | {\"cursor\":\"%200%\"}",
        "list_conversations  | invalid_field  | 'limit' must be a whole number from 1. | {\"limit\":0}",
        "list_conversations  | limit_exceeded | 'limit' may be 200 at the most. | {\"limit\":201}",
        "rename_conversation | invalid_field  | 'title' is missing. | {\"conversation_id\":\"c\"}",
        "rename_conversation | invalid_field  | 'title' must not be empty. | {\"conversation_id\":\"c\",\"title\":\"\"}",
        "rename_conversation | limit_exceeded | 'title' may have 200 characters at the most. | {\"conversation_id\":\"c\",\"title\":\"%200%\"}",
        "rename_conversation | invalid_field  | 'title' must be one line without control characters. | {\"conversation_id\":\"c\",\"title\":\"a\\nb\"}",
        "rename_conversation | invalid_field  | 'title' must be one line without control characters. | {\"conversation_id\":\"c\",\"title\":\"a\\u0000\"}",
        "rename_conversation | invalid_field  | 'title' must be one line without control characters. | {\"conversation_id\":\"c\",\"title\":\"a\\u0085\"}",
        "rename_conversation | invalid_field  | 'title' must be one line without control characters. | {\"conversation_id\":\"c\",\"title\":\"a\\u2028\"}",
        "rename_conversation | invalid_field  | 'conversation_id' is missing. | {\"title\":\"a\"}",
        "delete_conversation | invalid_field  | 'conversation_id' is missing. | {}",
      })
  void every_field_of_lists_and_changes_is_checked(
      String type, String code, String message, String data) {
    String full = data.replace("%200%", "x".repeat(201));
    assertRefused("{\"type\":\"" + type + "\",\"data\":" + full + "}", code, message);
  }

  private ClientCommand command(String type, String data) throws ProtocolException {
    return decoder.decode("{\"type\":\"" + type + "\",\"data\":" + data + "}").command();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "invalid_json  | The message is not valid JSON.        | {",
        "invalid_json  | The message is not valid JSON.        | {} {}",
        "invalid_json  | The message is not valid JSON.        | {\"type\":\"ping\"}x",
        "invalid_json  | The message must be one JSON object.  | []",
        "invalid_json  | The message must be one JSON object.  | ``",
        "invalid_json  | The message must be one JSON object.  | null",
        "invalid_field | 'type' must be a text.                | {}",
        "invalid_field | 'type' must be a text.                | {\"type\":1}",
        "unknown_type  | No such command; see docs/protocol.md, section 3. | {\"type\":\"sudo\"}",
        "invalid_field | 'id' must be a text of at most 128 characters. | {\"type\":\"ping\",\"id\":1}",
        "invalid_field | 'data' must be an object.             | {\"type\":\"ping\",\"data\":[]}",
        "invalid_field | 'topic' is missing.                   | {\"type\":\"start_conversation\"}",
        "invalid_field | 'conversation_id' is missing.         | {\"type\":\"join_conversation\",\"data\":{}}",
      })
  void what_is_wrong_is_named(String code, String message, String text) {
    assertRefused(text, code, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "invalid_field  | 'topic' must be a text.   | {\"topic\":1}",
        "invalid_field  | 'topic' must not be empty. | {\"topic\":\" \\n\"}",
        "limit_exceeded | 'topic' may have 20 characters at the most. | {\"topic\":\"012345678901234567890\"}",
        "invalid_field  | 'agents' must be a list with at least one text. | {\"topic\":\"t\",\"agents\":\"Ann\"}",
        "invalid_field  | 'agents' must be a list with at least one text. | {\"topic\":\"t\",\"agents\":[]}",
        "invalid_field  | 'agents' must be a text.  | {\"topic\":\"t\",\"agents\":[1]}",
        "invalid_field  | 'agents' must not name anything twice. | {\"topic\":\"t\",\"agents\":[\"A\",\"A\"]}",
        "limit_exceeded | 'agents' may hold 2 at the most. | {\"topic\":\"t\",\"agents\":[\"A\",\"B\",\"C\"]}",
        "invalid_field  | 'max_rounds' must be a whole number from 1. | {\"topic\":\"t\",\"max_rounds\":0}",
        "invalid_field  | 'max_rounds' must be a whole number from 1. | {\"topic\":\"t\",\"max_rounds\":1.5}",
        "invalid_field  | 'max_rounds' must be a whole number from 1. | {\"topic\":\"t\",\"max_rounds\":\"2\"}",
        "invalid_field  | 'max_rounds' must be a whole number from 1. | {\"topic\":\"t\",\"max_rounds\":99999999999999999999}",
        "limit_exceeded | 'max_rounds' may be 9 at the most. | {\"topic\":\"t\",\"max_rounds\":10}",
        "invalid_field  | 'speaker_selection' must be a text. | {\"topic\":\"t\",\"speaker_selection\":1}",
      })
  void wrong_fields_of_a_start_are_named(String code, String message, String data) {
    assertRefused(
        "{\"type\":\"start_conversation\",\"id\":\"9\",\"data\":" + data + "}", code, message);
  }

  @Test
  void nesting_without_end_is_refused_and_not_followed() {
    assertRefused("[".repeat(60_000), "invalid_json", "The message is not valid JSON.");
  }

  @Test
  void a_refusal_carries_the_id_of_the_request() {
    ProtocolException refusal = refusal("{\"type\":\"sudo\",\"id\":\"x\"}");
    assertThat(refusal.requestId()).isEqualTo("x");
  }

  private void assertRefused(String text, String code, String message) {
    ProtocolException refusal = refusal(text);
    assertThat(refusal.code())
        .isEqualTo(ErrorCode.valueOf(code.toUpperCase(java.util.Locale.ROOT)));
    assertThat(refusal.reason()).isEqualTo(message);
  }

  private ProtocolException refusal(String text) {
    return catchThrowableOfType(ProtocolException.class, () -> decoder.decode(text));
  }
}
