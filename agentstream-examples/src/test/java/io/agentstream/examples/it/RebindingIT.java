package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A page on the web whose name resolves to this machine: its browser takes that page and this
 * server for one origin.
 */
@Timeout(300)
class RebindingIT {

  private static final String READ_EVERYTHING =
      """
      async paths => {
        const read = [];
        for (const path of paths) {
          const answer = await fetch(path, { cache: 'no-store' });
          read.push(answer.status + ' ' + (await answer.text()));
        }
        read.push(await new Promise(done => {
          const socket = new WebSocket('ws://' + location.host + '/ws', 'agentstream.v1');
          socket.onmessage = event => done('message ' + event.data);
          socket.onclose = event => done('closed ' + event.code);
        }));
        return read;
      }
      """;

  @Test
  @SuppressWarnings("unchecked")
  void a_page_whose_name_resolves_to_this_machine_reads_nothing_and_connects_to_nothing() {
    try (ServerProcess server = ServerProcess.start(Map.of());
        Chromium chromium = Chromium.launch("--host-resolver-rules=MAP evil.test 127.0.0.1")) {
      Page page = chromium.newContext().newPage();
      page.navigate("http://evil.test:" + server.port() + "/");
      List<String> read =
          (List<String>)
              page.evaluate(
                  READ_EVERYTHING,
                  List.of("/", "/info", "/health", "/metrics", "/app.js", "/agentstream/index.js"));
      assertThat(read.subList(0, 6)).allMatch(answer -> answer.startsWith("421 This server does"));
      assertThat(read.get(6)).isEqualTo("closed 1006");
      assertThat(server.errors()).contains("evil.test", "server.hosts");

      page.navigate("http://localhost:" + server.port() + "/health");
      read = (List<String>) page.evaluate(READ_EVERYTHING, List.of("/info"));
      assertThat(read.get(0)).startsWith("200 {");
      assertThat(read.get(1)).startsWith("message ").contains("welcome");
    }
  }
}
