package io.agentstream.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.settings.Limits;
import io.agentstream.test.Eventually;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits, failures and the end of a conversation, for clients of the OpenAI format. */
class OpenAiLimitsTest extends OpenAiClients {

  @Test
  void a_failure_before_the_first_text_has_a_status_of_its_own() throws Exception {
    serve(TeaTeam.hub(model));
    model.fails(new IOException("secret")).fails(new IOException("secret"));
    model.fails(new IOException("secret")).fails(new IOException("secret"));

    for (String more : List.of("", "\"stream\":true")) {
      Answer answer = ask(TeaTeam.ask("tea", more));

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.json().at("/error/type").asText()).isEqualTo("server_error");
      assertThat(answer.response().body()).doesNotContain("secret");
    }
  }

  @Test
  void a_speaker_that_fails_is_left_out_and_the_others_answer() throws Exception {
    serve(TeaTeam.hub(model));
    model.fails(new IOException("secret")).answers("No.");

    Answer answer = ask(TeaTeam.ask("tea", ""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/choices/0/message/content").asText())
        .isEqualTo("\u2063**Ben:** No.");
  }

  @Test
  void a_conversation_is_deleted_after_its_answer_unless_it_is_stored() throws Exception {
    serve(TeaTeam.hub(model));
    model.answers("Yes.").answers("No.");

    ask(TeaTeam.ask("tea", ""));
    Eventually.await(() -> served.hub().conversations().isEmpty());

    model.answers("Yes.").answers("No.");
    Answer stored = ask(TeaTeam.ask("tea", "\"store\":true"));
    model.answers("Still yes.").answers("Still no.");
    Answer more =
        ask(
            TeaTeam.ask(
                "tea", "\"conversation_id\":\"" + stored.json().path("id").asText() + "\""));

    assertThat(more.json().at("/choices/0/message/content").asText())
        .isEqualTo("\u2063**Ann:** Still yes.\n\n\u2063**Ben:** Still no.");
    assertThat(more.json().at("/usage/prompt_tokens").asInt()).isEqualTo(20);
    assertThat(model.calls().get(4).messages().toString()).contains("Yes.");
    assertThat(served.hub().conversations()).hasSize(1);
    Answer unknown = ask(TeaTeam.ask("tea", "\"conversation_id\":\"never-given-out\""));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().at("/error/code").asText()).isEqualTo("conversation_not_found");
  }

  @Test
  void the_limits_of_the_hub_hold() throws Exception {
    serve(TeaTeam.hub(model).limits(Limits.builder().startsPerMinute(1).build()));
    model.answers("Yes.").answers("No.");

    assertThat(ask(TeaTeam.ask("tea", "")).status()).isEqualTo(200);
    Answer refused = ask(TeaTeam.ask("tea", "\"stream\":true"));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
  }

  @Test
  void an_answer_is_whole_although_the_client_fell_behind_the_journal() throws Exception {
    serve(TeaTeam.hub(model).limits(Limits.builder().journalEvents(2).build()));
    String[] words = new String[500];
    Arrays.fill(words, "tea ");
    model.answers(words).answers("No.");

    assertThat(TeaTeam.text(ask(TeaTeam.ask("tea", "\"stream\":true"))))
        .isEqualTo("\u2063**Ann:** " + "tea ".repeat(500) + "\n\n\u2063**Ben:** No.");
  }

  @Test
  void a_message_that_is_longer_than_a_topic_may_be_is_taken_in_parts() throws Exception {
    serve(TeaTeam.hub(model).limits(Limits.builder().maxTopicChars(100).build()));
    model.answers("Long.");
    String file = "a line of a file\n".repeat(20) + "What is wrong?";

    Answer answer = ask(TeaTeam.ask("Ann", "").replace("Tea?", file.replace("\n", "\\n")));

    assertThat(answer.json().at("/choices/0/message/content").asText()).isEqualTo("Long.");
    String seen = ((UserMessage) model.calls().get(0).messages().get(0)).singleText();
    assertThat(seen).endsWith("What is wrong?");
    assertThat(seen.split("a line of a file", -1)).hasSize(21);
  }

  @Test
  void messages_that_are_longer_than_a_conversation_may_be_are_refused() throws Exception {
    serve(TeaTeam.hub(model).limits(Limits.builder().maxConversationChars(50).build()));

    Answer answer =
        ask(
            """
            {"model": "tea", "messages": [{"role": "user", "content": "%s"},
              {"role": "user", "content": "Tea?"}]}
            """
                .formatted("x".repeat(51)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/code").asText()).isEqualTo("context_length_exceeded");
    assertThat(served.hub().conversations()).isEmpty();
  }

  @Test
  void an_answer_without_text_is_still_a_message_of_the_assistant() throws Exception {
    serve(TeaTeam.hub(model));
    model.answers("\u2063").answers("\u2063");

    List<String> data = TeaTeam.data(ask(TeaTeam.ask("Ann", "\"stream\":true")));

    assertThat(TeaTeam.json(data.get(0)).at("/choices/0/delta/role").asText())
        .isEqualTo("assistant");
    assertThat(data).last().isEqualTo("[DONE]");
    assertThat(ask(TeaTeam.ask("Ann", "")).json().at("/choices/0/message/content").asText("?"))
        .isEmpty();
  }
}
