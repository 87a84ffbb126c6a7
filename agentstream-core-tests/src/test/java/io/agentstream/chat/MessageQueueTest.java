package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.event.Author;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.Delivery;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.MessageWithdrawn;
import io.agentstream.event.NewMessage;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** People's messages wait for the speaker, seen by everybody, and can be changed until then. */
class MessageQueueTest extends ChatFixture {

  private static final Author ANNA = Author.of("u1", "Anna");
  private static final Author BEN = Author.of("u2", "Ben");

  /** The records so far, in order; each is done when the test says so. */
  private final List<CompletableFuture<Void>> records = new ArrayList<>();

  @Test
  void a_message_waits_for_all_to_see_and_enters_with_its_author_and_its_id() {
    Conversation conversation = start(chat(1, "Otto", "Zoe"));
    conversation.say("Green.", ANNA).join();

    MessageQueued waiting = queued().get(0);
    assertThat(waiting)
        .isEqualTo(new MessageQueued(waiting.queueId(), ANNA, "Green.", Delivery.TURN));
    model.next().complete();
    NewMessage entered = events.of(NewMessage.class).get(1);
    assertThat(entered.queueId()).isEqualTo(waiting.queueId());
    assertThat(entered.author()).isEqualTo(ANNA);
    assertThat(conversation.withdraw(waiting.queueId()).join())
        .isEqualTo(SteeringOutcome.NOT_FOUND);
    assertThat(conversation.edit(waiting.queueId(), "Black.").join())
        .isEqualTo(SteeringOutcome.NOT_FOUND);
  }

  @Test
  void what_interrupts_or_comes_in_a_pause_does_not_wait() {
    Conversation conversation = start(chat(2, "Otto"));
    conversation.interrupt("Now.").join();
    conversation.pause().join();
    model.next();
    model.next().complete();
    conversation.say("In the pause.").join();
    assertThat(queued()).isEmpty();
  }

  @Test
  void a_waiting_message_is_edited_and_withdrawn_by_anybody_who_steers() {
    Conversation conversation = start(chat(1, "Otto", "Zoe"));
    conversation.say("Green.", ANNA).join();
    conversation.say("Black.", BEN).join();
    String green = queued().get(0).queueId();
    String black = queued().get(1).queueId();

    assertThat(conversation.by(ANNA).edit(green, "White.").join())
        .isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.by(ANNA).withdraw(black).join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.by(ANNA).withdraw(black).join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.withdraw("q9").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    model.next().complete();

    assertThat(events.of(MessageEdited.class))
        .containsExactly(new MessageEdited(green, "White.", ANNA));
    assertThat(events.of(MessageWithdrawn.class))
        .containsExactly(new MessageWithdrawn(black, ANNA));
    assertThat(model.next().messages())
        .containsExactly(UserMessage.from("user: Tea?\n\nAnna: White."));
  }

  @Test
  void at_a_tool_boundary_the_speaker_hears_what_was_said_in_the_same_turn() {
    Conversation conversation = start(withTool());
    ScriptedCall first = model.next();
    conversation.say("Earlier.", BEN).join();
    conversation.say(PersonMessage.of("Use metric units.").by(ANNA).at(Delivery.TOOL)).join();
    conversation.say("Later.", BEN).join();
    first.toolCall("look", "{}").complete();

    List<ChatMessage> second = model.next().messages();
    assertThat(second.get(second.size() - 2)).isInstanceOf(ToolExecutionResultMessage.class);
    assertThat(second.get(second.size() - 1))
        .isEqualTo(UserMessage.from("Ben: Earlier.\n\nAnna: Use metric units."));
    assertThat(said()).containsExactly("Tea?", "Earlier.", "Use metric units.");
  }

  @Test
  void what_the_speaker_heard_stands_before_its_message_for_everybody_later() {
    Conversation conversation = start(withTool());
    ScriptedCall first = model.next();
    conversation.say(PersonMessage.of("Metric!").by(ANNA).at(Delivery.TOOL)).join();
    first.toolCall("look", "{}").complete();
    model.next().toolCall("look", "{}").complete();
    assertThat(model.next().messages())
        .filteredOn(UserMessage.from("Anna: Metric!")::equals)
        .hasSize(1);
    model.calls().get(2).tokens("20 degrees.").complete();

    assertThat(said()).containsExactly("Tea?", "Metric!", "20 degrees.");
    assertThat(model.next().messages().get(0))
        .isEqualTo(UserMessage.from("user: Tea?\n\nAnna: Metric!\n\nOtto: 20 degrees."));
  }

  @Test
  void without_a_tool_boundary_it_waits_for_the_end_of_the_turn() {
    Conversation conversation = start(chat(1, "Otto", "Zoe"));
    conversation.say(PersonMessage.of("Metric!").at(Delivery.TOOL)).join();
    assertThat(said()).containsExactly("Tea?");
    model.next().tokens("Hm.").complete();
    assertThat(said()).containsExactly("Tea?", "Hm.", "Metric!");
  }

  @Test
  void a_withdrawal_is_reported_once_it_is_recorded_and_the_turn_may_end_before() {
    Conversation conversation = startRecording(chat(1, "Otto", "Zoe"));
    conversation.say("Green.", ANNA).join();
    String id = queued().get(0).queueId();

    CompletableFuture<SteeringOutcome> withdrawn = conversation.by(ANNA).withdraw(id);
    model.next().complete();
    assertThat(withdrawn).isNotDone();
    assertThat(said()).containsExactly("Tea?");
    assertThat(conversation.snapshot().join().inbox().waiting()).isEmpty();
    records.get(0).complete(null);

    assertThat(withdrawn.join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(events.of(MessageWithdrawn.class)).hasSize(1);
    assertThat(said()).containsExactly("Tea?");
  }

  @Test
  void a_withdrawal_that_cannot_be_recorded_leaves_the_message_in_its_place() {
    Conversation conversation = startRecording(chat(1, "Otto", "Zoe"));
    conversation.say("First.").join();
    conversation.say("Second.").join();
    CompletableFuture<SteeringOutcome> withdrawn = conversation.withdraw(queued().get(0).queueId());
    records.get(0).completeExceptionally(new IllegalStateException("stubbed"));
    model.next().complete();

    assertThat(withdrawn.join()).isEqualTo(SteeringOutcome.UNAVAILABLE);
    assertThat(said()).containsExactly("Tea?", "First.", "Second.");
    assertThat(events.of(MessageWithdrawn.class)).isEmpty();
  }

  @Test
  void an_edit_that_cannot_be_recorded_is_undone() {
    Conversation conversation = startRecording(chat(1, "Otto", "Zoe"));
    conversation.say("First.").join();
    CompletableFuture<SteeringOutcome> edited =
        conversation.edit(queued().get(0).queueId(), "Other.");
    records.get(0).completeExceptionally(new IllegalStateException("stubbed"));
    model.next().complete();

    assertThat(edited.join()).isEqualTo(SteeringOutcome.UNAVAILABLE);
    assertThat(said()).containsExactly("Tea?", "First.");
    assertThat(events.of(MessageEdited.class)).isEmpty();
  }

  @Test
  void what_another_process_recorded_and_did_not_report_is_withdrawn_there() {
    GroupChat.Builder chat = chat(1, "Otto", "Zoe");
    Conversation conversation = startRecording(chat);
    conversation.say("Green.", ANNA).join();
    conversation.say("Black.", BEN).join();
    String id = queued().get(0).queueId();
    CompletableFuture<SteeringOutcome> unused = conversation.by(ANNA).withdraw(id);
    ConversationState state =
        ConversationStateJson.read(ConversationStateJson.write(conversation.snapshot().join()));

    RecordedEvents restored = new RecordedEvents();
    Conversation later = chat.build().restore(state).inlineListener(restored).start();
    assertThat(restored.of(MessageWithdrawn.class)).containsExactly(new MessageWithdrawn(id, ANNA));
    assertThat(restored.of(NewMessage.class).stream().map(NewMessage::speaker))
        .containsExactly("user", "Ben");
    assertThat(later.withdraw(id).join()).isEqualTo(SteeringOutcome.ACCEPTED);
  }

  @Test
  void no_event_of_the_queue_follows_the_end() {
    Conversation conversation = startRecording(chat(1, "Otto", "Zoe"));
    conversation.say("Green.").join();
    conversation.say("Black.").join();
    CompletableFuture<SteeringOutcome> withdrawn = conversation.withdraw(queued().get(0).queueId());
    conversation.stop();
    records.get(0).complete(null);

    assertThat(withdrawn.join()).isEqualTo(SteeringOutcome.ACCEPTED);
    List<ChatEvent> all = events.all();
    assertThat(all.get(all.size() - 1)).isInstanceOf(ConversationEnded.class);
    assertThat(said()).containsExactly("Tea?", "Black.");
  }

  @Test
  void a_state_of_an_older_version_has_messages_of_nobody() {
    GroupChat.Builder chat = chat(1, "Otto", "Zoe");
    Conversation conversation = start(chat);
    conversation.say("Green.", ANNA).join();
    String document =
        ConversationStateJson.write(conversation.snapshot().join())
            .replaceAll(",\"queue\":\\[[^]]*]", "");
    assertThat(document).doesNotContain("queue_id").contains("Green.");

    RecordedEvents restored = new RecordedEvents();
    chat.build().restore(ConversationStateJson.read(document)).inlineListener(restored).start();
    NewMessage message = restored.of(NewMessage.class).get(1);
    assertThat(message.content()).isEqualTo("Green.");
    assertThat(message.author()).isNull();
  }

  private GroupChat.Builder withTool() {
    Agent otto =
        agent("Otto")
            .tool(ToolSpecification.builder().name("look").build(), (request, memory) -> "68 °F")
            .build();
    return chat(1, otto, agent("Zoe").build());
  }

  private Conversation startRecording(GroupChat.Builder chat) {
    return chat.build()
        .newConversation("Tea?")
        .inlineListener(events)
        .beforeToolCalls(
            () -> {
              CompletableFuture<Void> done = new CompletableFuture<>();
              records.add(done);
              return done;
            })
        .start();
  }

  private List<MessageQueued> queued() {
    return events.of(MessageQueued.class);
  }

  private List<String> said() {
    return events.of(NewMessage.class).stream().map(NewMessage::content).toList();
  }
}
