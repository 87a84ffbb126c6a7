package io.agentstream.http.own;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.EventLine;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A format of an application's own, which docs/http.md shows. */
class OneClassFormatTest {

  private final ScriptedModel model = new ScriptedModel();
  private ServedDoors served;

  @BeforeEach
  void start() throws Exception {
    Agent ada = Agent.builder("Ada").model(model).build();
    served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder().agents(ada).defaultMaxRounds(1),
            Map.of("/lines/*", LinesDoor::new));
  }

  @AfterEach
  void stop() throws Exception {
    served.stop();
  }

  @Test
  void it_is_served_live_and_its_response_ends_with_the_conversation() throws Exception {
    String id = served.http().start();
    try (EventLine lines = EventLine.open(served.root(), "/lines/" + id)) {
      assertThat(lines.hasHeader("content-type: text/plain;charset=utf-8")).isTrue();
      assertThat(lines.bodyLine()).isEqualTo("user: tea");
      model.awaitNext().tokens("With ", "milk").complete();
      assertThat(lines.rest()).isEqualTo("Ada: With milk\n(the end)\n");
    }
    assertThat(served.http().get("/lines/" + id).response().body())
        .isEqualTo("user: tea\nAda: With milk\n(the end)\n");
  }

  @Test
  void what_does_not_exist_is_a_problem_as_everywhere() {
    assertThat(served.http().get("/lines/nothing").code()).isEqualTo("not_found");
  }

  @Test
  void the_documentation_shows_this_class() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/agentstream/http/own/LinesDoor.java"));
    String shown = source.substring(source.indexOf("/** Serves")).strip();
    assertThat(Files.readString(Path.of("../docs/http.md"))).contains(shown);
  }
}
