package io.agentstream.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.Person;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.NodeTests;
import io.agentstream.http.served.OneToken;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.Eventually;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A team as a model, for the clients that people have. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OpenAiClientsTest {

  private static final String BOTH = "\u2063**Ann:** Yes.\n\n\u2063**Ben:** No.";

  private ServedDoors served;

  private URI serve(ConversationHubBuilder hub) throws Exception {
    served = ServedDoors.start(new JettyServer(), hub);
    return served.root();
  }

  @AfterEach
  void stop() throws Exception {
    if (served != null) {
      served.stop();
    }
  }

  @Test
  void the_official_client_of_openai_talks_to_a_team() throws Exception {
    NodeTests.needClients();
    ScriptedModel ann = new ScriptedModel().always(call -> call.tokens("Ye", "s.").complete());
    ScriptedModel ben = new ScriptedModel().always(call -> call.tokens("N", "o.").complete());
    Agent first = TeaTeam.agent("Ann", ann).build();
    serve(
        ConversationHub.builder()
            .agents(first)
            .team(
                "tea",
                GroupChat.builder()
                    .participants(first, TeaTeam.agent("Ben", ben).build())
                    .maxRounds(1)
                    .build())
            .team(
                "talk",
                GroupChat.builder()
                    .participants(
                        first,
                        Person.builder("Kim").prompt("And you?").build().asAgent(),
                        TeaTeam.agent("Ben", new ScriptedModel().always(OpenAiClientsTest::repeat))
                            .build())
                    .maxRounds(1)
                    .build())
            .authenticator(new OneToken("tea-token-of-ann", "ann")));

    NodeTests.run("openai.test.mjs", served.root(), Map.of());
  }

  /** Says the last line of what it was told. */
  private static void repeat(ScriptedCall call) {
    String told = call.messages().get(call.messages().size() - 1).toString();
    Matcher line = Pattern.compile("Kim: [^\\n\"]*").matcher(told);
    call.tokens(line.find() ? line.group() : told).complete();
  }

  @Test
  void langchain4js_own_model_and_ours_get_the_same_answer() throws Exception {
    URI root =
        serve(TeaTeam.hub(new ScriptedModel().always(call -> call.tokens("Ye", "s.").complete())));
    String answer = "\u2063**Ann:** Yes.\n\n\u2063**Ben:** Yes.";

    ChatResponse theirs =
        answer(
            OpenAiStreamingChatModel.builder()
                .baseUrl(root + "/v1")
                .apiKey("none")
                .modelName("tea")
                .build());
    ChatResponse ours =
        answer(OpenAiCompatibleModel.builder().baseUrl(root + "/v1").modelName("tea").build());

    for (ChatResponse response : new ChatResponse[] {theirs, ours}) {
      assertThat(response.aiMessage().text()).isEqualTo(answer);
      assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
      assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(20);
    }
  }

  private static ChatResponse answer(StreamingChatModel model) {
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    model.chat(
        ChatRequest.builder().messages(UserMessage.from("Tea?")).build(),
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String partial) {}

          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }
        });
    return answer.join();
  }

  @Test
  void a_participant_of_a_team_can_be_a_team_of_another_server() throws Exception {
    ScriptedModel inner = new ScriptedModel();
    inner.answers("Yes.").answers("No.").answers("Still yes.").answers("Still no.");
    URI root = serve(TeaTeam.hub(inner));
    Agent team =
        Agent.builder("Committee")
            .model(OpenAiCompatibleModel.builder().baseUrl(root + "/v1").modelName("tea").build())
            .build();
    Agent zoe =
        TeaTeam.agent("Zoe", new ScriptedModel().always(call -> call.tokens("Hm.").complete()))
            .build();

    Conversation outer =
        GroupChat.builder().participants(team, zoe).maxRounds(2).build().start("Tea?");

    assertThat(outer.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(outer.result().join().messages())
        .extracting(NewMessage::content)
        .containsExactly(
            "Tea?", BOTH, "Hm.", "\u2063**Ann:** Still yes.\n\n\u2063**Ben:** Still no.", "Hm.");
    // Ann and Ben of the other server see what they said before as their own words.
    assertThat(inner.calls().get(2).messages().toString())
        .contains("AiMessage", "Yes.")
        .contains("Ben: No.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_client_that_hangs_up_between_two_tokens_stops_the_run(boolean streams) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (StubModelServer model = StubModelServer.start()) {
      // Without an end, which a fast machine reaches before it notices that the client has gone.
      model.enqueue(StubAnswer.stream().tokens("Ye").stallUntil(gone).tokens(100_000));
      // Without a stream, nothing is written that could fail: the next heartbeat notices it.
      serve(teamOn(model, streams ? Timeouts.defaults() : heartbeat(Duration.ofMillis(100))));

      hangUp(streams);
      gone.countDown();

      awaitStop(model.awaitRequest());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_client_that_hangs_up_while_the_model_is_silent_stops_the_run(boolean streams)
      throws Exception {
    try (StubModelServer model = StubModelServer.start()) {
      model.enqueue(StubAnswer.stream().tokens("Ye"));
      serve(teamOn(model, heartbeat(Duration.ofMillis(100))));

      hangUp(streams);

      awaitStop(model.awaitRequest());
    }
  }

  private static Timeouts heartbeat(Duration interval) {
    return Timeouts.defaults().toBuilder().heartbeat(interval).build();
  }

  private void awaitStop(StubRequest call) throws InterruptedException {
    call.awaitHangUp();
    Eventually.await(() -> served.hub().conversations().isEmpty());
  }

  private static ConversationHubBuilder teamOn(StubModelServer server, Timeouts timeouts) {
    Agent ann =
        Agent.builder("Ann")
            .model(OpenAiCompatibleModel.builder().baseUrl(server.baseUrl()).modelName("m").build())
            .build();
    return ConversationHub.builder()
        .timeouts(timeouts)
        .team("tea", GroupChat.builder().participants(ann).maxRounds(1).build());
  }

  /** Reads the beginning of the answer and closes the connection. */
  private void hangUp(boolean streams) throws IOException {
    byte[] body = TeaTeam.ask("tea", "\"stream\":" + streams).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(served.root().getHost(), served.root().getPort())) {
      String head =
          "POST "
              + TeaTeam.PATH
              + " HTTP/1.1\r\nHost: "
              + served.root().getAuthority()
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
    }
  }
}
