package io.agentstream.examples.cookbook;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.ChatResult;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamListener;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/cookbook.md for conversations that run. */
class SteeringRecipesTest {

  private final ScriptedModel model = new ScriptedModel();
  private final RecordedEvents events = new RecordedEvents();
  private final GroupChat chat =
      GroupChat.builder()
          .participants(Agent.builder("Ann").model(model).build())
          .maxRounds(1)
          .build();

  @TempDir private Path folder;

  /** Writes down what is said, with the conversation in which it is said. */
  record Archive(Conversation conversation, Queue<String> lines) implements StreamListener {
    @Override
    public void onNewMessage(NewMessage message) {
      lines.add(conversation.topic() + ": " + message.sender() + " says " + message.content());
    }
  }

  @Test
  void one_archive_listens_to_many_conversations() {
    model.always(call -> call.tokens("Yes.").complete());

    Queue<String> lines = new ConcurrentLinkedQueue<>();
    for (String topic : List.of("Tea?", "Coffee?")) {
      chat.newConversation(topic)
          .listener(conversation -> new Archive(conversation, lines))
          .start()
          .result()
          .join();
    }

    assertThat(lines)
        .containsExactly(
            "Tea?: user says Tea?",
            "Tea?: Ann says Yes.",
            "Coffee?: user says Coffee?",
            "Coffee?: Ann says Yes.");
  }

  @Test
  void a_run_stops_and_its_result_says_so() throws Exception {
    Conversation conversation = chat.newConversation("Tea?").inlineListener(events).start();
    model.awaitNext().tokens("It ", "is");

    conversation.stop();
    ChatResult result = conversation.result().join();

    assertThat(result.reason()).isEqualTo(EndReason.STOPPED);
    assertThat(events).said("user: Tea?", "Ann: It is");
  }

  @Test
  void a_person_speaks_during_a_run_and_after_it() throws Exception {
    Conversation conversation = chat.newConversation("Tea?").inlineListener(events).start();
    ScriptedCall cut = model.awaitNext().tokens("It ", "is");

    conversation
        .interrupt("Shorter, please.")
        .join(); // cuts the speaker; say(…) waits for the turn
    model.awaitNext().tokens("Yes.").complete();
    conversation.result().join();
    conversation.say("And coffee?").join(); // begins the next run
    model.awaitNext().tokens("No.").complete();
    conversation.result().join();

    assertThat(cut.isHungUp()).isTrue();
    assertThat(events)
        .said(
            "user: Tea?",
            "Ann: It is",
            "user: Shorter, please.",
            "Ann: Yes.",
            "user: And coffee?",
            "Ann: No.");
  }

  @Test
  void a_conversation_is_saved_and_restored() throws IOException {
    Path file = folder.resolve("tea.json");
    model.answers("It is.").answers("Fine too.");
    Conversation conversation = chat.start("Tea?");
    conversation.result().join();

    Files.writeString(file, ConversationStateJson.write(conversation.snapshot().join()));

    Conversation restored =
        chat.restore(ConversationStateJson.read(Files.readString(file)))
            .inlineListener(events)
            .start();
    restored.say("And coffee?").join();

    restored.result().join();
    assertThat(events).said("user: Tea?", "Ann: It is.", "user: And coffee?", "Ann: Fine too.");
  }
}
