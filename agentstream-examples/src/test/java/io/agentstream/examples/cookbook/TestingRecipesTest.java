package io.agentstream.examples.cookbook;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.event.ChatError;
import io.agentstream.event.EndReason;
import io.agentstream.test.ManualClock;
import io.agentstream.test.OpenAiAnswer;
import io.agentstream.test.OpenAiStubs;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The recipes of docs/cookbook.md for tests of chats. */
class TestingRecipesTest {

  @RegisterExtension static final OpenAiStubs openAi = OpenAiStubs.start();

  @Test
  void both_speak_although_the_model_server_is_busy_at_first() {
    openAi.next(OpenAiAnswer.rateLimited(Duration.ZERO)).answers("Tea", ", always.").answers("No.");
    RecordedEvents events = new RecordedEvents();

    GroupChat chat = debate(openAi.baseUrl());
    chat.newConversation("Tea or coffee?").inlineListener(events).start().result().join();

    assertThat(events)
        .isWellFormed()
        .said("user: Tea or coffee?", "Optimist: Tea, always.", "Skeptic: No.")
        .endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void a_silent_model_is_cut_off() throws Exception {
    ManualClock clock = new ManualClock();
    ScriptedModel model = new ScriptedModel();
    RecordedEvents events = new RecordedEvents();
    Agent ann = Agent.builder("Ann").model(model).retryPolicy(RetryPolicy.none()).build();

    GroupChat chat = GroupChat.builder().participants(ann).clock(clock).maxRounds(1).build();
    chat.newConversation("Tea?").inlineListener(events).start();
    ScriptedCall call = model.awaitNext().tokens("It ", "is");
    clock.advance(Duration.ofMinutes(5));
    events.awaitEnd();

    assertThat(call.isHungUp()).isTrue();
    assertThat(events.of(ChatError.class)).hasSize(1);
  }

  private static GroupChat debate(String baseUrl) {
    var model = OpenAiCompatibleModel.builder().baseUrl(baseUrl).modelName("any").build();
    return GroupChat.builder()
        .participants(
            Agent.builder("Optimist").model(model).build(),
            Agent.builder("Skeptic").model(model).build())
        .maxRounds(1)
        .build();
  }
}
