package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
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

/** Runs every line of curl in docs/http-formats.md, in its order. */
class FormatsDocsTest {

  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  @TempDir private Path folder;

  @Test
  void every_line_of_curl_does_what_the_page_says() throws Exception {
    ScriptedModel model =
        new ScriptedModel().always(call -> call.tokens("With ", "milk.").complete());
    Agent ann = Agent.builder("Ann").description("Knows tea").model(model).build();
    Agent ben = Agent.builder("Ben").description("Knows coffee").model(model).build();
    ServedDoors served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .team("tea", GroupChat.builder().participants(ann, ben).maxRounds(1).build()));
    try {
      String said = run(script().replace("http://localhost:8080", served.root().toString()));
      assertThat(said)
          .contains("\"id\":\"tea\"")
          .contains("**Ann:** With milk.")
          .contains("data: [DONE]")
          .contains("\"content\":\"With milk.\\n\\nWith milk.\"")
          .contains("\"code\":\"model_not_found\"")
          .contains("\"name\":\"Ben\"", "\"type\":\"RUN_FINISHED\"");
    } finally {
      served.stop();
    }
  }

  private static String script() throws Exception {
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/http-formats.md")));
    StringBuilder script = new StringBuilder("set -eu\n");
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    assertThat(script.toString().split("curl", -1)).hasSizeGreaterThan(6);
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
