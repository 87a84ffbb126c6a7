package io.agentstream.examples.it;

import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.demo.TimedToken;
import io.agentstream.test.conformance.ConformanceSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reference server, as a process of its own, against the conformance suite. */
@Timeout(600)
class ConformanceIT {

  private static final int TOKENS = 120;
  private static final int EVERY_MILLIS = 4;
  private static final boolean SLOW = Boolean.getBoolean("agentstream.slow");

  private static final String ROOMY =
      """
      {"limits": {"journal_chars": 10000000, "max_answer_chars": 10000000,
                  "messages_per_minute": 0, "starts_per_minute": 0}}""";
  private static final List<TimedToken> MUCH =
      Collections.nCopies(3_000, new TimedToken("on and on ".repeat(35), 0));

  private static CompletionServer model;
  private static ServerProcess server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    model = CompletionServer.start(new PacedScript(TOKENS, EVERY_MILLIS));
    server = roomy(folder, model);
  }

  private static ServerProcess roomy(Path folder, CompletionServer model) throws IOException {
    Path config = Files.writeString(folder.resolve("roomy.json"), ROOMY);
    return ServerProcess.start(
        Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", config.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  /** Three answers of a megabyte each, as fast as they are taken. */
  @TestFactory
  Stream<DynamicTest> it_conforms_while_the_model_runs_flat_out(@TempDir Path folder)
      throws IOException {
    CompletionServer talkative = CompletionServer.start(request -> MUCH);
    ServerProcess own = roomy(folder, talkative);
    return ConformanceSuite.of(own.webSocket())
        .strict()
        .testsFlatOut()
        .onClose(own::close)
        .onClose(talkative::close);
  }

  @TestFactory
  Stream<DynamicTest> the_reference_server_conforms() {
    ConformanceSuite suite = ConformanceSuite.of(server.webSocket()).strict();
    return (SLOW ? suite.repetitions(5).patient() : suite).tests();
  }
}
