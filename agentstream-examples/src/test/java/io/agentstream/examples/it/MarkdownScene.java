package io.agentstream.examples.it;

import io.agentstream.examples.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A sheet of the page's Markdown in a real browser, on a server of its own, for each test class.
 */
abstract class MarkdownScene {

  static Chromium chromium;
  static EmbeddedServer server;
  static MarkdownSheet sheet;

  @BeforeAll
  static void start() {
    chromium = Chromium.shared();
    server = EmbeddedServer.start(Map.of());
    sheet = MarkdownSheet.open(chromium, server);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      sheet.close();
      server.close();
    }
  }
}
