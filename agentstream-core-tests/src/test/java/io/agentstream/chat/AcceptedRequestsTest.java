package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.agentstream.event.EndReason;
import io.agentstream.test.OpenAiAnswer;
import io.agentstream.test.OpenAiStubs;
import io.agentstream.upstream.EventDrivenHttpClient;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever the participants did, a strict server has nothing to refuse in the next request. */
@Timeout(300)
class AcceptedRequestsTest {

  private static final int CHATS = 20;
  private static final int ROUNDS = 4;

  @RegisterExtension static final OpenAiStubs openAi = OpenAiStubs.start();

  private final Random random = new Random(7);
  private int meddled;

  @Test
  void of_twenty_chats_with_silent_failing_and_interrupted_members() {
    int checked = 0;
    for (int chat = 0; chat < CHATS; chat++) {
      checked += talk(chat);
    }
    System.out.printf(
        "requests validated: %d, refused: 0; interrupts and stops: %d%n", checked, meddled);
    assertThat(checked).isGreaterThan(CHATS * ROUNDS);
    assertThat(meddled).isGreaterThan(CHATS);
  }

  private int talk(int number) {
    openAi.reset();
    List<String> names = number % 4 == 0 ? List.of("Ann") : List.of("Ann", "Bob", "Cid");
    for (String name : names) {
      for (int i = 0; i < ROUNDS * 3; i++) {
        openAi.next(name, answer());
      }
      openAi.always(name, OpenAiAnswer.stream().tokens("Fine."));
    }
    List<Agent> agents = new ArrayList<>();
    names.forEach(name -> agents.add(agent(name, number % 5 == 4)));
    Meddling user = new Meddling(number);
    Conversation conversation =
        GroupChat.builder()
            .participants(agents)
            .maxRounds(ROUNDS)
            .onFailure(FailurePolicy.skipTurn(100))
            .build()
            .newConversation("Tea?")
            .inlineListener(user)
            .start();
    user.begin(conversation);
    ChatResult result = conversation.result().orTimeout(2, TimeUnit.MINUTES).join();
    conversation.say("And now?").join();
    user.awaitEnd();
    meddled += user.count();
    assertThat(result.reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(openAi.requests())
        .allSatisfy(body -> assertThat(RequestRules.problems(body)).as(body).isEmpty());
    return openAi.requests().size();
  }

  private OpenAiAnswer answer() {
    return switch (random.nextInt(11)) {
      case 0 -> OpenAiAnswer.stream();
      case 1 -> OpenAiAnswer.stream().tokens(" ", "\n");
      case 2 -> OpenAiAnswer.status(400);
      case 3 -> OpenAiAnswer.stream().tokens("Half").errorInside("no");
      case 4 -> OpenAiAnswer.stream().tokens("Half").truncated();
      case 5 -> OpenAiAnswer.stream().tokens("Let me look.").toolCall("weather", "{\"city\":\"Par");
      case 6 -> OpenAiAnswer.stream().toolCall("weather", "{\"city\":\"Paris\"}");
      case 7 -> OpenAiAnswer.stream().tokens("<think>SECRET</think>");
      case 8 -> OpenAiAnswer.stream().toolCall("the weather, " + "of now ".repeat(20), "{}");
      case 9 -> OpenAiAnswer.stream().reasoning("Hm.").tokens("I see.");
      default -> OpenAiAnswer.stream().tokens("Yes", ", indeed.");
    };
  }

  private static Agent agent(String name, boolean langchain4j) {
    return Agent.builder(name)
        .systemPrompt("Be kind.")
        .model(langchain4j ? theirs(name) : ours(name))
        .retryPolicy(RetryPolicy.none())
        .tool(
            ToolSpecification.builder().name("weather").description("The weather").build(),
            (request, id) -> "sun")
        .build();
  }

  private static StreamingChatModel ours(String name) {
    return OpenAiCompatibleModel.builder().baseUrl(openAi.baseUrl()).modelName(name).build();
  }

  private static StreamingChatModel theirs(String name) {
    return OpenAiStreamingChatModel.builder()
        .httpClientBuilder(EventDrivenHttpClient.builder())
        .baseUrl(openAi.baseUrl())
        .apiKey("none")
        .modelName(name)
        .build();
  }
}
