package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A hub that asks who its viewers are. */
abstract class AskingHub {

  static final Duration EXPIRY = Duration.ofMinutes(10);

  final ManualClock clock = new ManualClock();
  final ScriptedModel model = new ScriptedModel();
  final FakeAuthenticator authenticator =
      new FakeAuthenticator()
          .knows("ann", Authentication.of("ann"))
          .knows("ann-10", Authentication.of("ann", in(EXPIRY)))
          .knows("ann-20", Authentication.of("ann", in(EXPIRY.multipliedBy(2))))
          .knows("ann-forever", Authentication.of("ann", Instant.MAX))
          .knows("ann-soon", Authentication.of("ann", in(Duration.ofSeconds(30))))
          .knows("ann-past", Authentication.of("ann", in(Duration.ZERO)))
          .knows("nobody", Authentication.anonymous())
          .knows("more", Authentication.awaitToken())
          .knows("ben", Authentication.of("ben"));
  final FakeTransport socket = new FakeTransport();

  ViewerConnection connect(Handshake handshake) {
    return hub().connect(socket, false, handshake);
  }

  ConversationHub hub() {
    Duration patient = Duration.ofHours(1);
    return hubOf(Timeouts.builder().tokenIdle(patient).build());
  }

  ConversationHub hubOf(Timeouts timeouts) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .authenticator(authenticator)
        .timeouts(timeouts)
        .clock(clock)
        .executor(Runnable::run)
        .build();
  }

  /** Lets time pass in which the viewer shows that it is alive. */
  void passes(ViewerConnection viewer, Duration time) {
    Duration left = time;
    Duration step = Duration.ofSeconds(15);
    while (left.compareTo(step) > 0) {
      clock.advance(step);
      viewer.pongReceived();
      left = left.minus(step);
    }
    clock.advance(left);
    viewer.pongReceived();
  }

  Instant in(Duration time) {
    return clock.now().plus(time);
  }

  static Handshake cookie(String token) {
    return new Handshake(
        Map.of("Cookie", List.of("token=" + token)), false, null, null, "agentstream.v1");
  }

  /** But for the watchdog, which looks once more whether a send is stuck. */
  void assertNobodyWaits() {
    clock.advance(Timeouts.defaults().stuckWrite());
    assertThat(clock.alarms()).isZero();
  }

  JsonNode only() {
    assertThat(socket.frames).hasSize(1);
    return socket.last();
  }

  List<String> types() {
    return socket.parsed().stream().map(frame -> frame.get("type").asText()).toList();
  }

  static void token(ViewerConnection to, String token) {
    send(to, "authenticate", "{\"token\":\"" + token + "\"}");
  }

  static void send(ViewerConnection to, String type, String data) {
    to.receive("{\"type\":\"" + type + "\",\"id\":\"1\",\"data\":" + data + "}", true);
  }
}
