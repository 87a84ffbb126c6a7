package io.agentstream.tests;

import static io.agentstream.test.AgentstreamAssertions.assertThat;

import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.EndReason;
import io.agentstream.test.OpenAiAnswer;
import io.agentstream.test.OpenAiStubs;
import io.agentstream.test.RecordedEvents;
import io.agentstream.upstream.EventDrivenHttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's test of a chat: change both together. */
class DebateTest {

  @RegisterExtension static final OpenAiStubs openAi = OpenAiStubs.start();

  @Test
  void both_speak_although_the_model_server_is_busy_at_first() {
    openAi.next(OpenAiAnswer.rateLimited(Duration.ZERO)).answers("Tea", ", always.").answers("No.");
    var model =
        OpenAiStreamingChatModel.builder()
            .baseUrl(openAi.baseUrl())
            .apiKey("any")
            .modelName("any")
            .httpClientBuilder(EventDrivenHttpClient.builder())
            .build();
    Agent ann = Agent.builder("Ann").model(model).build();
    Agent ben = Agent.builder("Ben").model(model).build();
    GroupChat chat = GroupChat.builder().participants(ann, ben).maxRounds(1).build();
    RecordedEvents events = new RecordedEvents();

    chat.newConversation("Tea or coffee?").inlineListener(events).start().result().join();

    assertThat(events)
        .isWellFormed()
        .said("user: Tea or coffee?", "Ann: Tea, always.", "Ben: No.")
        .endedWith(EndReason.MAX_ROUNDS);
  }
}
