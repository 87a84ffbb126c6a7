package io.agentstream.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.Person;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People who are asked while others speak, or several of them at once. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OpenAiPeopleTest extends OpenAiClients {

  private final ScriptedModel ann = new ScriptedModel();
  private final ScriptedModel zoe = new ScriptedModel();

  @Test
  void the_answer_has_the_words_of_all_who_speak_beside_the_people_who_are_asked_in_turn()
      throws Exception {
    GroupChat team =
        GroupChat.builder()
            .participants(
                Person.builder("Kim").prompt("Kim?").build().asAgent(),
                TeaTeam.agent("Ann", ann).build(),
                Person.builder("Lea").prompt("Lea?").build().asAgent(),
                TeaTeam.agent("Zoe", zoe).build())
            .speakerSelector(SpeakerSelector.parallelRound())
            .maxRounds(1)
            .build();
    serve(ConversationHub.builder().team("tea", team));
    CompletableFuture<JsonNode> first =
        CompletableFuture.supplyAsync(() -> ask(TeaTeam.ask("tea", "\"store\":true")).json());
    ScriptedCall speaks = ann.awaitNext();
    speaks.tokens("Tea ");
    speaks.tokens("is fine.").complete();
    JsonNode asked = first.join();
    assertThat(content(asked)).isEqualTo("\u2063**Ann:** Tea is fine.\n\n\u2063*(Kim?)*");

    JsonNode second = ask(next(asked, "Green.")).json();
    assertThat(content(second)).isEqualTo("\u2063*(Lea?)*");
    zoe.answers("To sum up.");
    JsonNode third = ask(next(asked, "Black.")).json();
    assertThat(content(third)).isEqualTo("\u2063**Zoe:** To sum up.");
    assertThat(zoe.calls().get(0).messages().toString())
        .contains("Ann: Tea is fine.", "Kim: Green.", "Lea: Black.");
  }

  private static String next(JsonNode before, String content) {
    return "{\"model\":\"tea\",\"conversation_id\":\""
        + before.path("id").asText()
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + content
        + "\"}]}";
  }

  private static String content(JsonNode answer) {
    return answer.at("/choices/0/message/content").asText();
  }
}
