package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every line of curl in docs/http.md, in its order. */
class HttpDocsTest {

  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  @TempDir private Path folder;

  @Test
  void every_line_of_curl_does_what_the_page_says() throws Exception {
    ScriptedModel model = new ScriptedModel().always(call -> call.tokens("With milk.").complete());
    ServedDoors served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").description("Knows tea").model(model).build()));
    try {
      String said = run(script().replace("http://localhost:8080", served.root().toString()));
      assertThat(said)
          .contains("\"name\":\"Ada\"")
          .contains("conversation_ended")
          .contains("\"content\":\"With milk.\"")
          .contains("\"content\":\"And milk?\"")
          .contains("\"conversations\":[")
          .contains("\"code\":\"not_found\"");
    } finally {
      served.stop();
    }
  }

  private static String script() throws Exception {
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/http.md")));
    StringBuilder script = new StringBuilder("set -eu\n");
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    assertThat(script.toString().split("curl", -1)).hasSizeGreaterThan(10);
    return script.toString();
  }

  private String run(String script) throws Exception {
    Path said = folder.resolve("said.txt");
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = bash.waitFor(2, TimeUnit.MINUTES);
    bash.destroyForcibly();
    String text = Files.readString(said);
    assertThat(ended).as(text).isTrue();
    assertThat(bash.exitValue()).as(text).isZero();
    return text;
  }
}
