package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamListener;
import io.agentstream.event.ToolResult;
import io.agentstream.examples.config.ConfigFile;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.examples.demo.CompletionRequest;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.demo.DemoScript;
import io.agentstream.examples.demo.Script;
import io.agentstream.examples.demo.TimedToken;
import io.agentstream.examples.demo.ToolCall;
import io.agentstream.test.RecordedEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each team file that ships, played by the demo model over HTTP. */
class ShippedTeamsTest {

  private static final Path FOLDER = Path.of("teams");

  private final CompletionServer demo = CompletionServer.start(new Hurried());

  @AfterEach
  void stop() {
    demo.close();
  }

  /** The demo model without the pauses between its words. */
  private static final class Hurried implements Script {
    private final DemoScript script = new DemoScript();

    @Override
    public List<TimedToken> answer(CompletionRequest request) {
      return script.answer(request).stream().map(token -> new TimedToken(token.text(), 0)).toList();
    }

    @Override
    public ToolCall call(CompletionRequest request) {
      return script.call(request);
    }
  }

  @Test
  void six_files_ship() throws Exception {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "debate.yaml",
              "review.yaml",
              "triage.yaml",
              "product-review.yaml",
              "research.yaml",
              "roundtable-zh.yaml");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "debate         | Debate         | max_rounds | Optimist Skeptic Moderator Optimist Skeptic Moderator Optimist Skeptic Moderator",
        "review         | Review         | terminated | Writer Critic Writer Critic",
        "triage         | Support desk   | completed  | Technics Technics",
        "product-review | Product review | terminated | Engineer Designer Customer Engineer Designer Customer",
        "research       | Research       | completed  | Researcher Author Author",
        "roundtable-zh  | 圆桌            | max_rounds | 乐观者 怀疑者 主持人 乐观者 怀疑者 主持人",
      })
  void each_team_plays_its_part_to_its_own_end(
      String file, String team, String reason, String speakers) throws Exception {
    ServerConfig config = ConfigFile.read(FOLDER.resolve(file + ".yaml"));
    AgentCatalogue catalogue = AgentCatalogue.of(config, Map.of("OPENAI_BASE_URL", demo.baseUrl()));
    try {
      RecordedEvents events = new RecordedEvents();
      run(catalogue.teams().get(team), sample(config, team), events);
      assertThat(events.only(ConversationEnded.class).reason())
          .isEqualTo(EndReason.valueOf(reason.toUpperCase(java.util.Locale.ROOT)));
      assertThat(
              events.of(NewMessage.class).stream()
                  .filter(message -> message.role() == NewMessage.Role.ASSISTANT)
                  .map(NewMessage::sender))
          .containsExactlyElementsOf(List.of(speakers.split(" ")));
      if (file.equals("research")) {
        assertThat(events.only(ToolResult.class).toString()).contains("Heat pump");
      }
    } finally {
      catalogue.close();
    }
  }

  private static String sample(ServerConfig config, String team) {
    return config.teams().file().teams().stream()
        .filter(each -> each.name().equals(team))
        .findFirst()
        .orElseThrow()
        .samples()
        .get(0);
  }

  /** Answers the question of an agent, as a person would. */
  private static void run(GroupChat chat, String topic, RecordedEvents events) {
    CompletableFuture<Conversation> started = new CompletableFuture<>();
    Conversation conversation =
        chat.start(
            topic,
            events,
            new StreamListener() {
              @Override
              public void onInputRequested(InputRequested question) {
                var unused =
                    started.join().input(question.requestId(), "Since Monday; I restarted it.");
              }
            });
    started.complete(conversation);
    conversation.result().join();
  }
}
