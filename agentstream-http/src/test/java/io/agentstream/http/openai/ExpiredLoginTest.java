package io.agentstream.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Conversation;
import io.agentstream.event.EndReason;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.test.EventLine;
import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer whose connection the hub closes, because its user's login has expired. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExpiredLoginTest {

  /** No other alarm is set for so long. */
  private static final Duration LOGIN = Duration.ofSeconds(17);

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private ServedDoors served;

  @BeforeEach
  void serve() throws Exception {
    Authenticator forAWhile =
        Authenticator.byHandshake(handshake -> Authentication.of("mia", clock.now().plus(LOGIN)));
    served =
        ServedDoors.start(
            new JettyServer(), TeaTeam.hub(model).clock(clock).authenticator(forAWhile));
  }

  @AfterEach
  void stop() throws Exception {
    served.stop();
  }

  private ScriptedCall answerUntilTheLoginExpires(String store) throws Exception {
    String body = TeaTeam.ask("tea", "\"stream\":true,\"store\":" + store);
    model.then(call -> call.tokens("Ye"));
    Socket socket = new Socket(served.root().getHost(), served.root().getPort());
    try (EventLine answer =
        EventLine.exchange(
            socket,
            served.root(),
            "POST " + TeaTeam.PATH,
            body,
            "Content-Type: application/json",
            "Content-Length: " + body.length())) {
      while (!answer.next().data().contains("Ye")) {
        assertThat(answer.status()).isEqualTo(200);
      }
      // It is set after the welcome, on the authenticator's thread.
      clock.awaitAlarm(LOGIN);
      clock.advance(LOGIN);
      return model.calls().get(0);
    }
  }

  @Test
  void a_run_that_is_stored_is_stopped_at_once() throws Exception {
    ScriptedCall call = answerUntilTheLoginExpires("true");

    Conversation kept = served.hub().conversations().iterator().next();
    assertThat(kept.result().join().reason()).isEqualTo(EndReason.STOPPED);
    assertThat(call.isHungUp()).isTrue();
  }

  @Test
  void a_conversation_that_is_not_stored_is_deleted_at_once() throws Exception {
    ScriptedCall call = answerUntilTheLoginExpires("false");

    Eventually.await(() -> served.hub().conversations().isEmpty());
    Eventually.await(call::isHungUp);
  }
}
