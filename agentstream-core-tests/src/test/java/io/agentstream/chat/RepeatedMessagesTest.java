package io.agentstream.chat;

import static io.agentstream.chat.SteeringOutcome.ACCEPTED;
import static io.agentstream.chat.SteeringOutcome.INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import io.agentstream.event.NewMessage;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People's messages that come again under the same id. */
class RepeatedMessagesTest extends ChatFixture {

  private static final Author ANN = Author.of("ann", "Ann");
  private static final Author BEN = Author.of("ben", "Ben");
  private static final Author GUEST = new Author("connection-1", null, false);
  private static final Author SAME_GUEST_LATER = new Author("connection-2", null, false);

  private GroupChat.Builder chat;
  private Conversation conversation;
  private RecordedEvents heard = events;

  @BeforeEach
  void pause() {
    chat = chat(2, "Otto");
    conversation = start(chat);
    conversation.pause().join();
    model.next().complete();
  }

  private SteeringOutcome say(Author author, String text) {
    return conversation.say(message(author, text)).join();
  }

  private static PersonMessage message(Author author, String text) {
    return PersonMessage.of(text).by(author).withId("1");
  }

  private List<String> said() {
    return heard.of(NewMessage.class).stream().map(NewMessage::content).skip(1).toList();
  }

  @Test
  void a_message_that_comes_twice_is_said_once() {
    for (Author author : new Author[] {null, ANN}) {
      assertThat(say(author, "Once.")).isEqualTo(ACCEPTED);
      assertThat(say(author, "Once.")).isEqualTo(ACCEPTED);
    }
    assertThat(said()).containsExactly("Once.");
  }

  @Test
  void an_id_of_another_message_is_refused() {
    for (Author author : new Author[] {BEN, null}) {
      assertThat(say(author, "Aa")).isEqualTo(ACCEPTED);
      assertThat(say(author, "BB")).isEqualTo(INVALID);
      assertThat(conversation.say(message(author, "Aa").at(Delivery.NOW)).join())
          .isEqualTo(INVALID);
    }
    assertThat(said()).doesNotContain("BB");
  }

  @Test
  void a_known_person_has_ids_that_nobody_elses_messages_meet() {
    assertThat(say(ANN, "Yes.")).isEqualTo(ACCEPTED);
    assertThat(say(BEN, "Yes.")).isEqualTo(ACCEPTED);
    assertThat(say(GUEST, "No.")).isEqualTo(ACCEPTED);
    assertThat(say(GUEST, "Yes.")).isEqualTo(INVALID);
    assertThat(say(ANN, "No.")).isEqualTo(INVALID);

    assertThat(events.of(NewMessage.class).stream().skip(1).map(NewMessage::speaker))
        .containsExactly("Ann", "Ben", "user");
    assertThat(said()).containsExactly("Yes.", "Yes.", "No.");
  }

  @Test
  void a_guest_who_comes_back_as_another_repeats_a_message() {
    assertThat(say(GUEST, "Yes.")).isEqualTo(ACCEPTED);
    assertThat(say(SAME_GUEST_LATER, "Yes.")).isEqualTo(ACCEPTED);
    assertThat(say(ANN, "Yes.")).as("the guest has signed in").isEqualTo(ACCEPTED);
    assertThat(said()).containsExactly("Yes.");
  }

  @Test
  void a_guest_cannot_use_up_the_ids_of_a_known_person() {
    say(ANN, "Yes.");
    for (String kept : conversation.snapshot().join().inbox().seenIds()) {
      conversation.say(PersonMessage.of("No.").withId(kept)).join();
    }
    assertThat(say(ANN, "Yes.")).isEqualTo(ACCEPTED);
    assertThat(said()).containsExactly("Yes.", "No.", "No.");
  }

  @Test
  void another_process_recognises_them_too() {
    say(ANN, "Yes.");
    say(GUEST, "No.");
    conversation = restored(ConversationStateJson.write(conversation.snapshot().join()));

    assertThat(say(ANN, "Yes.")).isEqualTo(ACCEPTED);
    assertThat(say(ANN, "No.")).isEqualTo(INVALID);
    assertThat(say(SAME_GUEST_LATER, "No.")).isEqualTo(ACCEPTED);
    assertThat(said()).containsExactly("Yes.", "No.");
  }

  @Test
  void a_state_of_an_earlier_version_is_recognised_by_id_and_text() {
    String state = ConversationStateJson.write(conversation.snapshot().join());
    for (String kept : new String[] {"\"1\"", "\"1\",\"1\\n199b105\""}) {
      conversation = restored(state.replace("\"seen_ids\":[]", "\"seen_ids\":[" + kept + "]"));
      assertThat(say(GUEST, "Yes.")).as(kept).isEqualTo(ACCEPTED);
      assertThat(say(ANN, "Yes.")).as(kept).isEqualTo(ACCEPTED);
    }
    assertThat(say(GUEST, "No.")).isEqualTo(INVALID);
    assertThat(said()).isEmpty();
  }

  private Conversation restored(String state) {
    heard = new RecordedEvents();
    return chat.build().restore(ConversationStateJson.read(state)).inlineListener(heard).start();
  }
}
