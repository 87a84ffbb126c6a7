package io.agentstream.examples.it;

import io.agentstream.examples.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A scene with a second server, which knows Ann and Ben by their tokens. */
abstract class GuardedScene extends PageScene {

  static final String ANN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  static final String BEN = "f0e1d2c3b4a5968778695a4b3c2d1e0f";

  static EmbeddedServer guarded;

  @BeforeAll
  static void startGuarded() {
    guarded =
        EmbeddedServer.start(
            Map.of(
                "OPENAI_BASE_URL",
                model.baseUrl(),
                "AGENTSTREAM_TOKENS",
                "ann:" + ANN + ",ben:" + BEN));
  }

  @AfterEach
  void endGuarded() {
    guarded.endConversations();
  }

  @AfterAll
  static void stopGuarded() {
    guarded.close();
  }
}
