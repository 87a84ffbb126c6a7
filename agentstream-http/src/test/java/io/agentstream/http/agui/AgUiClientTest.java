package io.agentstream.http.agui;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.Person;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.NodeTests;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.ScriptedCall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A team for the official client of AG-UI, with its verifier. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AgUiClientTest {

  private static final String MANY = "1050";
  private static final String SOME = "45";
  private static final Person KIM = Person.builder("Kim").prompt("And you?").build();

  @Test
  void the_official_client_joins_a_run_again_after_every_event() throws Exception {
    NodeTests.needClients();
    ServedDoors served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .limits(
                    Limits.builder()
                        .startsPerMinute(0)
                        .messagesPerMinute(0)
                        .connectionsPerAddress(0)
                        .build())
                .quotas(Quotas.none())
                .team("tea", tea().build())
                .team("together", tea().speakerSelector(SpeakerSelector.parallelRound()).build())
                .team(
                    "talk",
                    GroupChat.builder()
                        .participants(ann(), KIM.asAgent(), cat())
                        .maxRounds(1)
                        .build()));
    try {
      String report =
          NodeTests.run(
              "agui.test.mjs",
              served.root(),
              Map.of("AGENTSTREAM_CUTS", Boolean.getBoolean("agentstream.slow") ? MANY : SOME));
      report.lines().filter(line -> line.contains("# cuts ")).forEach(System.out::println);
    } finally {
      served.stop();
    }
  }

  private static GroupChat.Builder tea() {
    Agent ben =
        agent("Ben", AgUiClientTest::order)
            .tool(ToolSpecification.builder().name("order").build(), (request, memory) -> "ordered")
            .needsApproval(request -> true)
            .build();
    return GroupChat.builder().participants(ann(), ben, cat()).maxRounds(1);
  }

  private static Agent ann() {
    return agent(
            "Ann",
            call ->
                Stream.concat(
                        PacedModel.thinking("Let ", "me ", "think."),
                        PacedModel.tokens("Tea ", "is ", "fine."))
                    .toList())
        .build();
  }

  private static Agent cat() {
    return agent(
            "Cat", call -> PacedModel.tokens("I ", "ag", "ree, ", "by and ", "large.").toList())
        .build();
  }

  private static List<Consumer<ScriptedCall>> order(ScriptedCall call) {
    List<ChatMessage> messages = call.messages();
    boolean ordered = messages.get(messages.size() - 1) instanceof ToolExecutionResultMessage;
    return ordered
        ? PacedModel.tokens("Two ", "cups ", "are on ", "their way.").toList()
        : Stream.concat(
                PacedModel.tokens("One ", "moment. "),
                Stream.<Consumer<ScriptedCall>>of(
                    calling -> calling.toolCall("order", "{\"cups\":2}")))
            .toList();
  }

  private static Agent.Builder agent(
      String name, Function<ScriptedCall, List<Consumer<ScriptedCall>>> answer) {
    return Agent.builder(name)
        .introduced(false)
        .retryPolicy(RetryPolicy.none())
        .model(PacedModel.of(answer));
  }
}
