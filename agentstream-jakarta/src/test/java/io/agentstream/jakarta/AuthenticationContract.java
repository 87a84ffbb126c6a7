package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.saying;
import static io.agentstream.jakarta.ServedHub.send;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Authentication of viewers by cookie, header or token. */
interface AuthenticationContract extends ServedHub {

  /** Nothing else that is timed comes in between. */
  Timeouts NOTHING_ELSE_TIMED =
      Timeouts.builder().heartbeat(Duration.ofHours(1)).stuckWrite(Duration.ofHours(1)).build();

  @Test
  default void a_cookie_and_a_header_reach_the_authenticator_of_their_connection()
      throws Exception {
    BlockingQueue<Handshake> seen = new LinkedBlockingQueue<>();
    serve(
        hub(
            Authenticator.byHandshake(
                handshake -> {
                  seen.add(handshake);
                  return Authentication.of(String.valueOf(handshake.cookie("user")));
                })));

    for (String user : new String[] {"ann", "ben"}) {
      SocketViewer viewer =
          connect(Map.of("Cookie", "x=1; user=" + user, "X-Team", user), "agentstream.v1");

      assertThat(viewer.expect("welcome").at("/data/authenticated").asBoolean()).isTrue();
      Handshake handshake = seen.poll(SocketViewer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(handshake.cookie("user")).isEqualTo(user);
      assertThat(handshake.header("x-team")).isEqualTo(user);
      assertThat(handshake.subprotocol()).isEqualTo("agentstream.v1");
      assertThat(handshake.secure()).isFalse();
      assertThat(handshake.principal()).isNull();
      assertThat(handshake.remoteAddress()).isIn(null, "127.0.0.1");
    }
  }

  @Test
  default void handshakes_at_the_same_time_are_not_mixed_up() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    serve(
        hub(
            Authenticator.byHandshake(
                handshake -> {
                  String user = String.valueOf(handshake.cookie("user"));
                  seen.add(user);
                  return Authentication.of(user);
                })));
    List<String> users = IntStream.range(0, 400).mapToObj(i -> "user" + i).toList();

    ExecutorService browsers = Executors.newFixedThreadPool(16);
    try {
      for (Future<String> first :
          browsers.invokeAll(users.stream().map(this::firstFrame).toList())) {
        assertThat(first.get()).contains("\"welcome\"");
      }
    } finally {
      browsers.shutdownNow();
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(users);
  }

  private Callable<String> firstFrame(String user) {
    return () -> {
      try (BareViewer viewer = new BareViewer(endpoint(), "Cookie: user=" + user)) {
        return viewer.next();
      }
    };
  }

  @Test
  default void a_viewer_whom_the_authenticator_refuses_is_closed_with_4500() throws Exception {
    serve(hub(Authenticator.byHandshake(handshake -> Authentication.refused())));

    SocketViewer viewer = connect("agentstream.v1");

    assertThat(viewer.closeCode()).isEqualTo(4500);
    assertThat(viewer.isSilent()).isTrue();
  }

  @Test
  default void a_token_authenticates_and_until_then_commands_are_refused() throws Exception {
    serve(hub(tokens()));
    SocketViewer viewer = connect("agentstream.v1");
    JsonNode welcome = viewer.expect("welcome");
    assertThat(welcome.at("/data/authenticate_within_ms").asInt()).isEqualTo(5_000);
    viewer.send(
        """
        {"type": "list_agents"}""");
    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("unauthenticated");
    assertPong(viewer);

    authenticate(viewer, "token-of-ann");

    assertThat(viewer.expect("welcome").at("/data/authenticated").asBoolean()).isTrue();
    start(viewer);
    viewer.until("conversation_ended");
  }

  @Test
  default void a_bad_token_is_closed_with_4500() throws Exception {
    serve(hub(tokens()));
    SocketViewer viewer = connect("agentstream.v1");
    viewer.expect("welcome");

    authenticate(viewer, "nonsense");

    assertThat(viewer.closeCode()).isEqualTo(4500);
  }

  @Test
  default void no_token_in_time_is_closed_with_4500() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hub(tokens()).timeouts(NOTHING_ELSE_TIMED).clock(clock));
    SocketViewer viewer = connect("agentstream.v1");
    viewer.expect("welcome");
    assertPong(viewer);

    clock.advance(Duration.ofSeconds(5));

    assertThat(viewer.closeCode()).isEqualTo(4500);
  }

  @Test
  default void an_authentication_that_expires_is_warned_of_and_closed_with_4001() throws Exception {
    ManualClock clock = new ManualClock();
    serve(
        hub(Authenticator.byHandshake(
                handshake -> Authentication.of("ann", clock.now().plusSeconds(70))))
            .timeouts(NOTHING_ELSE_TIMED)
            .clock(clock));
    SocketViewer viewer = viewer();
    // It is set after the welcome, on the authenticator's thread.
    clock.awaitAlarm(Duration.ofSeconds(10));

    clock.advance(Duration.ofSeconds(10));
    assertThat(viewer.expect("auth_expiring").at("/data/expires_at").asText())
        .isEqualTo("2026-11-23T10:01:10.000Z");
    clock.advance(Duration.ofSeconds(60));

    assertThat(viewer.closeCode()).isEqualTo(4001);
  }

  @Test
  default void an_authenticator_that_waits_holds_up_nobody_else() throws Exception {
    CompletableFuture<Authentication> answer = new CompletableFuture<>();
    serve(
        hub(
            new Authenticator() {
              @Override
              public CompletionStage<Authentication> authenticate(Handshake handshake) {
                return handshake.cookie("slow") == null
                    ? CompletableFuture.completedStage(Authentication.anonymous())
                    : CompletableFuture.completedStage(answer.join());
              }
            }));
    SocketViewer waits = connect(Map.of("Cookie", "slow=1"), "agentstream.v1");

    assertPong(viewer());

    answer.complete(Authentication.of("ann"));
    assertThat(waits.expect("welcome").at("/data/authenticated").asBoolean()).isTrue();
  }

  @Test
  default void what_is_another_users_is_not_found_and_goes_on_unharmed() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(hubOf(model).authenticator(tokens()));
    SocketViewer ann = connectAs("token-of-ann");
    String id = start(ann);
    SocketViewer ben = connectAs("token-of-ben");

    for (String type :
        new String[] {"join_conversation", "leave_conversation", "stop_conversation"}) {
      send(ben, type, id);
      String another = ben.nextText();
      send(ben, type, "AAAAAAAAAAAAAAAAAAAAAA");
      assertThat(withoutTimestamp(ben.nextText())).isEqualTo(withoutTimestamp(another));
      assertThat(another).contains("not_found");
    }

    model.awaitNext().tokens("Unharmed").complete();
    assertThat(new ConversationView().toTheEnd(ann).messages()).containsExactly("tea", "Unharmed");
  }

  private SocketViewer connectAs(String token) {
    SocketViewer viewer = connect("agentstream.v1");
    viewer.expect("welcome");
    authenticate(viewer, token);
    viewer.expect("welcome");
    return viewer;
  }

  private static void authenticate(SocketViewer viewer, String token) {
    viewer.send(
        """
        {"type": "authenticate", "id": "a", "data": {"token": "%s"}}"""
            .formatted(token));
  }

  private static String withoutTimestamp(String frame) {
    return frame.replaceFirst("\"timestamp\":\"[^\"]*\"", "");
  }

  private static Authenticator tokens() {
    return Authenticator.byToken(
        (token, handshake) ->
            token.startsWith("token-of-")
                ? Authentication.of(token.substring("token-of-".length()))
                : Authentication.refused());
  }

  private static ConversationHubBuilder hub(Authenticator authenticator) {
    return hubOf(saying("Hi")).authenticator(authenticator);
  }
}
