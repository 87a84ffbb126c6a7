package io.agentstream.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.Author;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.Delivery;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.Authored;
import io.agentstream.wire.ConversationCommand.CallOn;
import io.agentstream.wire.ConversationCommand.EditMessage;
import io.agentstream.wire.ConversationCommand.InputResponse;
import io.agentstream.wire.ConversationCommand.PauseConversation;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.StopConversation;
import io.agentstream.wire.ConversationCommand.StopSpeaker;
import io.agentstream.wire.ConversationCommand.UnpauseConversation;
import io.agentstream.wire.ConversationCommand.WithdrawMessage;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.RosterCommand.MuteAgent;
import io.agentstream.wire.RosterCommand.RemoveAgent;
import io.agentstream.wire.RosterCommand.UnmuteAgent;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events written for other nodes are read back unchanged; JournalContract has every kind of event.
 */
class EventJsonTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"\\\n\r\t\u0000\u001f\u2028", "🍵 茶", "</script>"})
  void any_text_comes_back(String text) {
    for (ChatEvent event :
        List.of(
            new StreamingToken("m1", 3, text),
            new StreamingThinking("m1", 0, text),
            new NewMessage("m1", NewMessage.Role.USER, NewMessage.USER, text, 0))) {
      String json = EventJson.write(event);
      assertThat(json).doesNotContain("\n");
      assertThat(EventJson.read(event.type(), json)).isEqualTo(event);
    }
  }

  @Test
  void what_a_newer_version_adds_is_passed_over() {
    assertThat(
            EventJson.read(
                "streaming_token",
                "{\"message_id\":\"m1\",\"offset\":0,\"token\":\"a\",\"mood\":\"calm\"}"))
        .isEqualTo(new StreamingToken("m1", 0, "a"));
  }

  @Test
  void an_unknown_event_is_refused_and_broken_text_is_not_quoted() {
    assertThatThrownBy(() -> EventJson.read("party", "{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EventJson.read("streaming_token", "{\"token\":secret}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  static Stream<ConversationCommand> commands() {
    return Stream.of(
        new SendMessage("c1", "Tea?\n🍵", true, "x1"),
        new SendMessage("c1", "Tea?", false, null),
        new SendMessage("c1", "Tea?", false, null, Delivery.TOOL),
        new EditMessage("c1", "q1-2", "Tea?\n🍵"),
        new WithdrawMessage("c1", "q1-2"),
        new CallOn("c1", "本 2"),
        new MuteAgent("c1", "本 2"),
        new UnmuteAgent("c1", "本 2"),
        new AddAgent("c1", "本 2", null),
        new AddAgent("c1", "本 2", "{\"version\":1}"),
        new RemoveAgent("c1", "本 2"),
        new StopSpeaker("c1", "m2"),
        new StopSpeaker("c1", null),
        new StopSpeaker("c1", null, "i1"),
        new StopConversation("c1"),
        new PauseConversation("c1"),
        new UnpauseConversation("c1"),
        new InputResponse("c1", "i1", "approve"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_comes_back(ConversationCommand command) throws ProtocolException {
    CommandDecoder decoder = new CommandDecoder(Limits.defaults());
    assertThat(decoder.decode(CommandEncoder.encode(command)).command()).isEqualTo(command);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void between_nodes_a_command_keeps_its_author(ConversationCommand command)
      throws ProtocolException {
    CommandDecoder decoder = CommandDecoder.ofNodes(Limits.defaults());
    for (Author author : List.of(Author.of("u1", "Anna \"本\""), new Author("c2", null, false))) {
      Authored authored = new Authored(command, author);
      assertThat(decoder.decode(CommandEncoder.encode(authored)).command()).isEqualTo(authored);
    }
    assertThat(decoder.decode(CommandEncoder.encode(command)).command()).isEqualTo(command);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void no_viewer_says_in_whose_name_it_speaks(ConversationCommand command)
      throws ProtocolException {
    String pretended = CommandEncoder.encode(new Authored(command, Author.of("u1", "Anna")));
    assertThat(new CommandDecoder(Limits.defaults()).decode(pretended).command())
        .isEqualTo(command);
  }

  @Test
  void what_a_conversation_is_made_of_comes_back() throws ProtocolException {
    StartConversation start =
        new StartConversation("Tea?", List.of("Ann", "本"), 3, "round_robin", null);
    assertThat(new CommandDecoder(Limits.defaults()).decode(CommandEncoder.encode(start)).command())
        .isEqualTo(start);
    StartConversation team = new StartConversation("Tea?", null, null, null, "r1", "writers");
    assertThat(new CommandDecoder(Limits.defaults()).decode(CommandEncoder.encode(team)).command())
        .isEqualTo(team);
  }
}
