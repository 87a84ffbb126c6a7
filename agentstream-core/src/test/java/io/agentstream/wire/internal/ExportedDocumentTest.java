package io.agentstream.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.Author;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An export can be imported again, whatever names models and people have given. */
class ExportedDocumentTest {

  private static final NewMessage TOPIC =
      new NewMessage("m1", NewMessage.Role.USER, NewMessage.USER, "Tea?", 0);

  @Test
  void the_words_of_a_seat_come_back_with_their_author() throws ProtocolException {
    Author eve = new Author("u", "Eve", false);
    NewMessage seat = new NewMessage("m2", NewMessage.Role.USER, "Kim", "Coffee.", 1, eve, null);
    NewMessage back = imported(message(seat, null, null)).message();
    assertThat(back.sender()).isEqualTo("Kim");
    assertThat(back.author()).isEqualTo(new Author("imported-1", "Eve (imported)", false));
  }

  @Test
  void tool_calls_that_a_model_made_up_come_back() throws ProtocolException {
    List<Snapshot.ToolUse> made =
        List.of(
            call("c", "search\nweb\u2028now"),
            call("c", "n".repeat(300)),
            call("c", "\r"),
            call("\t", "😀".repeat(200)),
            call("i".repeat(300), "add"),
            call("i".repeat(300), "add"));
    NewMessage said = new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", "Yes.", 1);
    List<Snapshot.ToolUse> back = imported(message(said, TurnFinishReason.STOP, made)).tools();
    assertThat(back).hasSize(made.size());
    assertThat(back).extracting(Snapshot.ToolUse::callId).doesNotHaveDuplicates();
    assertThat(back)
        .extracting(Snapshot.ToolUse::name)
        .startsWith("search web now", "n".repeat(256), "unnamed");
  }

  private static Snapshot.Message imported(Snapshot.Message message) throws ProtocolException {
    Snapshot.Content content =
        new Snapshot.Content(
            3,
            1,
            1,
            Snapshot.State.ENDED,
            "Tea?",
            List.of("Ann"),
            "round_robin",
            3,
            List.of(message(TOPIC, null, null), message),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    ConversationDocument exported =
        ExportedConversation.of("x", null, null, content, Limits.defaults());
    ConversationDocument back = DocumentJson.read(DocumentJson.write(exported), Limits.defaults());
    assertThat(back.messages().get(1).tools()).isEqualTo(exported.messages().get(1).tools());
    return back.messages().get(1);
  }

  private static Snapshot.Message message(
      NewMessage said, @Nullable TurnFinishReason reason, @Nullable List<Snapshot.ToolUse> tools) {
    return new Snapshot.Message(said, 1, reason, null, null, null, tools);
  }

  private static Snapshot.ToolUse call(String callId, String name) {
    return new Snapshot.ToolUse(callId, name, "{}", "2", false);
  }
}
