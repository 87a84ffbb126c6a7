package io.agentstream.http.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.test.ScriptedCall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A team as a model, by plain requests. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OpenAiDoorTest extends OpenAiClients {

  @Test
  void teams_and_agents_are_listed_as_models() throws Exception {
    serve(TeaTeam.hub(model));

    Answer list = served.http().get("/v1/models");

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().path("object").asText()).isEqualTo("list");
    assertThat(list.json().path("data"))
        .extracting(m -> m.path("id").asText(), m -> m.path("object").asText())
        .containsExactly(tuple("tea", "model"), tuple("Ann", "model"));
    assertThat(served.http().get("/v1/models/Ann").json().path("description").asText())
        .isEqualTo("Ann knows tea");
    Answer missing = served.http().get("/v1/models/nobody");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().at("/error/code").asText()).isEqualTo("model_not_found");
  }

  @Test
  void all_speakers_stream_and_each_begins_with_its_name() throws Exception {
    serve(TeaTeam.hub(model));
    model.answers("Ye", "s.").answers("No.");

    Answer answer = ask(TeaTeam.ask("tea", "\"stream\":true"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("text/event-stream");
    assertThat(TeaTeam.text(answer)).isEqualTo("\u2063**Ann:** Yes.\n\n\u2063**Ben:** No.");
    List<String> data = TeaTeam.data(answer);
    assertThat(data).last().isEqualTo("[DONE]");
    JsonNode first = TeaTeam.json(data.get(0));
    assertThat(first.path("object").asText()).isEqualTo("chat.completion.chunk");
    assertThat(first.path("id").asText()).startsWith("chatcmpl-");
    assertThat(first.path("model").asText()).isEqualTo("tea");
    assertThat(first.at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    JsonNode last = TeaTeam.json(data.get(data.size() - 2));
    assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(last.at("/choices/0/delta")).isEmpty();
    assertThat(answer.response().body()).doesNotContain("usage");
  }

  @Test
  void a_whole_answer_has_the_text_and_the_usage_of_all_speakers() throws Exception {
    serve(TeaTeam.hub(model));
    model.then(call -> call.tokens("Yes.").usage(10, 3).complete());
    model.then(call -> call.tokens("No.").usage(20, 4).complete(FinishReason.LENGTH));

    Answer answer = ask(TeaTeam.ask("tea", ""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/json");
    JsonNode json = answer.json();
    assertThat(json.path("object").asText()).isEqualTo("chat.completion");
    assertThat(json.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    assertThat(json.at("/choices/0/message/content").asText())
        .isEqualTo("\u2063**Ann:** Yes.\n\n\u2063**Ben:** No.");
    assertThat(json.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(json.at("/usage/prompt_tokens").asInt()).isEqualTo(30);
    assertThat(json.at("/usage/completion_tokens").asInt()).isEqualTo(7);
    assertThat(json.at("/usage/total_tokens").asInt()).isEqualTo(37);
  }

  @Test
  void names_are_left_out_on_request_and_for_a_lone_agent() throws Exception {
    serve(TeaTeam.hub(model));
    model.answers("Yes.").answers("No.").answers("Maybe.");

    assertThat(TeaTeam.text(ask(TeaTeam.ask("tea", "\"stream\":true,\"speaker_names\":false"))))
        .isEqualTo("Yes.\n\nNo.");
    assertThat(TeaTeam.text(ask(TeaTeam.ask("Ann", "\"stream\":true")))).isEqualTo("Maybe.");
  }

  @Test
  void a_server_may_leave_names_out_and_a_request_may_want_them() throws Exception {
    ConversationHubBuilder hub = TeaTeam.hub(model);
    served =
        ServedDoors.start(
            new JettyServer(),
            hub,
            Map.of(
                "/v1/*",
                front -> new OpenAiDoor(front, OpenAiSettings.defaults().withSpeakerNames(false))));
    model.answers("Yes.").answers("No.").answers("Yes.").answers("No.");

    assertThat(TeaTeam.text(ask(TeaTeam.ask("tea", "\"stream\":true")))).isEqualTo("Yes.\n\nNo.");
    assertThat(TeaTeam.text(ask(TeaTeam.ask("tea", "\"stream\":true,\"speaker_names\":true"))))
        .contains("**Ann:**");
  }

  @Test
  void a_stream_ends_with_the_usage_if_the_client_wants_it() throws Exception {
    serve(TeaTeam.hub(model));
    model.answers("Yes.").answers("No.");

    List<String> data =
        TeaTeam.data(
            ask(TeaTeam.ask("tea", "\"stream\":true,\"stream_options\":{\"include_usage\":true}")));

    JsonNode usage = TeaTeam.json(data.get(data.size() - 2));
    assertThat(usage.path("choices")).isEmpty();
    assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(20);
    assertThat(TeaTeam.json(data.get(0)).path("usage").isNull()).isTrue();
  }

  @Test
  void the_history_becomes_the_past_and_each_agent_sees_its_own_words_as_its_own()
      throws Exception {
    serve(TeaTeam.hub(model));
    model.answers("Well.").answers("So.");

    ask(
        """
        {"model": "tea", "messages": [
          {"role": "system", "content": "Be brief."},
          {"role": "user", "name": "Eve", "content": [{"type": "text", "text": "Coffee?"}]},
          {"role": "assistant", "content": "\u2063**Ann:** Yes.\\n\\n\u2063**Ben:** No."},
          {"role": "tool", "tool_call_id": "x", "content": "42"},
          {"role": "assistant", "content": null, "tool_calls": []},
          {"role": "user", "content": "Tea?"}]}
        """);

    List<ChatMessage> ann = model.calls().get(0).messages();
    assertThat(((UserMessage) ann.get(0)).singleText())
        .isEqualTo("system: Be brief.\n\nuser: Eve: Coffee?");
    assertThat(((AiMessage) ann.get(1)).text()).isEqualTo("Yes.");
    assertThat(((UserMessage) ann.get(2)).singleText()).isEqualTo("Ben: No.\n\nuser: Tea?");
    List<ChatMessage> ben = model.calls().get(1).messages();
    assertThat(((AiMessage) ben.get(1)).text()).isEqualTo("No.");
    assertThat(((UserMessage) ben.get(2)).singleText()).isEqualTo("user: Tea?\n\nAnn: Well.");
  }

  @Test
  void a_lone_agent_sees_what_the_assistant_said_as_its_own() throws Exception {
    serve(TeaTeam.hub(model));
    model.answers("Well.");

    ask(
        """
        {"model": "Ann", "messages": [{"role": "user", "content": "Coffee?"},
          {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "Tea?"}]}
        """);

    assertThat(((AiMessage) model.calls().get(0).messages().get(1)).text()).isEqualTo("Yes.");
  }

  @Test
  void speakers_of_the_same_time_are_heard_one_after_the_other() throws Exception {
    served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .team(
                    "tea",
                    GroupChat.builder()
                        .participants(
                            TeaTeam.agent("Ann", model).systemPrompt("You are Ann.").build(),
                            TeaTeam.agent("Ben", model).build(),
                            TeaTeam.agent("Cat", model).build())
                        .speakerSelector(SpeakerSelector.parallelRound())
                        .maxRounds(1)
                        .build()));
    Thread speakers =
        new Thread(
            () -> {
              try {
                // Their calls reach the model in any order.
                ScriptedCall first = model.awaitNext();
                ScriptedCall second = model.awaitNext();
                boolean annIsFirst = first.messages().toString().contains("You are Ann.");
                ScriptedCall ann = annIsFirst ? first : second;
                ScriptedCall ben = annIsFirst ? second : first;
                ben.tokens("N");
                ann.tokens("Ye");
                ben.tokens("o.").complete();
                ann.tokens("s.").complete();
                model.awaitNext().tokens("Both.").complete();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    speakers.start();

    assertThat(TeaTeam.text(ask(TeaTeam.ask("tea", "\"stream\":true"))))
        .isEqualTo("\u2063**Ann:** Yes.\n\n\u2063**Ben:** No.\n\n\u2063**Cat:** Both.");
    speakers.join();
  }

  @Test
  void tools_stay_inside_and_a_call_that_needs_approval_is_denied_with_a_note() throws Exception {
    serve(
        ConversationHub.builder()
            .agents(
                TeaTeam.agent("Ann", model)
                    .tool(
                        ToolSpecification.builder().name("order").build(),
                        (request, memory) -> "ordered")
                    .needsApproval(request -> true)
                    .build()));
    model.then(call -> call.tokens("Wait. ").toolCall("order", "{}").complete());
    model.answers("No order.");

    Answer answer = ask(TeaTeam.ask("Ann", "\"tools\":[{\"type\":\"function\"}]"));

    String text = answer.json().at("/choices/0/message/content").asText();
    assertThat(text).contains("May Ann call order? Nobody can approve it here: denied.");
    assertThat(text).contains("No order.");
    assertThat(answer.response().body()).doesNotContain("tool_calls");
    assertThat(model.calls().get(1).messages().toString()).contains("The call was not approved.");
  }

  @Test
  void a_question_to_the_person_ends_the_answer_and_the_next_message_answers_it() throws Exception {
    serve(
        ConversationHub.builder()
            .team(
                "tea",
                GroupChat.builder()
                    .participants(
                        TeaTeam.agent("Ann", model).build(), TeaTeam.agent("Ben", model).build())
                    .speakerSelector(SpeakerSelector.handoff().toUser())
                    .maxRounds(3)
                    .build()));
    model.then(
        call -> call.tokens("Black or green?").toolCall("transfer_to_user", "{}").complete());

    Answer asked = ask(TeaTeam.ask("tea", "\"store\":true"));

    assertThat(asked.json().at("/choices/0/message/content").asText()).contains("Black or green?");
    assertThat(asked.json().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    String id = asked.json().path("id").asText();
    model.answers("Then green.");
    Answer answered =
        ask(
            "{\"model\":\"tea\",\"conversation_id\":\""
                + id
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Green\"}]}");

    assertThat(answered.json().at("/choices/0/message/content").asText())
        .isEqualTo("\u2063**Ann:** Then green.");
    assertThat(model.calls().get(1).messages().toString()).contains("Black or green?", "Green");
  }
}
