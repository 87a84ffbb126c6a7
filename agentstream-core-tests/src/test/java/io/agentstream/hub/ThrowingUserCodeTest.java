package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Limits;
import io.agentstream.test.ScriptedCall;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Code of users throws whatever it likes, declared or not, and harms nobody else. */
class ThrowingUserCodeTest extends HubOfAnn {

  private static final Handshake OVER_HTTP =
      new Handshake(Map.of("Host", List.of("a")), false, null, null, "agentstream.v1");

  static List<Throwable> whateverIsThrown() {
    return List.of(
        new IllegalStateException("canary"),
        new IOException("canary"),
        new StackOverflowError("canary"),
        new NoClassDefFoundError("canary"));
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void a_listener_ends_no_connection_and_no_conversation(Throwable thrown) {
    ConversationHub hub =
        hub()
            .listener(new ThrowingListener(thrown))
            .limits(Limits.builder().journalEvents(20).build())
            .build();
    ViewerConnection viewer = hub.connect(socket, false);
    viewer.receive("{\"type\":\"nonsense\"}", true);
    start(viewer);
    ScriptedCall call = model.next();
    socket.stick();
    call.tokens("a", "b", "c");
    socket.unstick();
    socket.stick();
    call.tokens("d".repeat(30).split(""));
    socket.unstick();
    call.tokens("e");
    assertThat(socket.of("snapshot")).hasSize(1);
    assertThat(socket.last().at("/data/token").asText()).isEqualTo("e");
    assertThat(socket.closeCode).isZero();
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void a_client_address_leaves_no_connection_behind(Throwable thrown) {
    ConversationHub hub =
        hub()
            .clientAddress(
                handshake -> {
                  throw sneaky(thrown);
                })
            .build();
    ViewerConnection viewer = hub.connect(socket, false, OVER_HTTP);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
    viewer.receive("{\"type\":\"ping\",\"data\":{}}", true);
    assertThat(clock.alarms()).isZero();
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void an_authenticator_leaves_no_connection_behind(Throwable thrown) {
    ConversationHub hub =
        hub()
            .authenticator(
                new Authenticator() {
                  @Override
                  public CompletionStage<Authentication> authenticate(Handshake handshake) {
                    throw sneaky(thrown);
                  }

                  @Override
                  public CompletionStage<Authentication> authenticate(
                      String token, Handshake handshake) {
                    throw sneaky(thrown);
                  }
                })
            .build();
    hub.connect(socket, false, OVER_HTTP);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
    assertThat(clock.alarms()).isZero();
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void an_access_refuses_what_it_was_asked_about_and_the_next_command_is_heard(Throwable thrown) {
    ConversationHub hub =
        hub()
            .access(
                (user, conversation) -> {
                  throw sneaky(thrown);
                })
            .build();
    ViewerConnection viewer = hub.connect(socket, false);
    start(viewer);
    for (String type : List.of("list_conversations", "start_conversation", "list_conversations")) {
      send(viewer, type, Commands.data(type, "c"));
      assertThat(socket.last().at("/data/code").asText()).as(type).isEqualTo("internal");
    }
    String id = hub.conversations().iterator().next().id();
    for (String type : Commands.OF_A_CONVERSATION) {
      send(viewer, type, Commands.data(type, id));
      assertThat(socket.last().at("/data/code").asText()).as(type).isEqualTo("internal");
    }
    send(viewer, "ping", "{}");
    assertThat(socket.last().at("/type").asText()).isEqualTo("pong");
  }

  @Test
  void an_executor_that_takes_no_more_leaves_no_connection_behind() {
    ConversationHub hub =
        hub()
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .authenticator(new FakeAuthenticator())
            .build();
    hub.connect(socket, false, OVER_HTTP);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_socket_that_throws_is_closed_and_sends_no_more() {
    ConversationHub hub = hub().build();
    Transport throwing =
        new Transport() {
          @Override
          public void send(String message, Consumer<@Nullable Throwable> onSent) {
            throw sneaky(new IOException("canary"));
          }

          @Override
          public void ping() {}

          @Override
          public void close(int code, String reason) {
            socket.close(code, reason);
          }
        };
    hub.connect(throwing, false);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
  }

  @Test
  void where_no_address_is_known_a_bound_by_address_says_so_once() {
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    Logger logger = (Logger) LoggerFactory.getLogger(ViewerConnection.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    logger.addAppender(logged);
    try {
      ConversationHub hub = hub().limits(Limits.builder().connectionsPerAddress(5).build()).build();
      hub.connect(socket, false);
      assertThat(logged.list).isEmpty();
      hub.connect(new FakeTransport(), false, OVER_HTTP);
      hub.connect(new FakeTransport(), false, OVER_HTTP);
      assertThat(logged.list)
          .singleElement()
          .asString()
          .contains("connectionsPerAddress", "ClientAddressListener");
    } finally {
      logger.detachAppender(logged);
      logger.setLevel(before);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static final class ThrowingListener implements DeliveryListener {
    private final Throwable thrown;

    ThrowingListener(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public void onHub(Supplier<HubLoad> load) {
      throw sneaky(thrown);
    }

    @Override
    public void onRefused(ErrorCode code) {
      throw sneaky(thrown);
    }

    @Override
    public void onConversation(ConversationBuilder conversation) {
      throw sneaky(thrown);
    }

    @Override
    public void onFrame() {
      throw sneaky(thrown);
    }

    @Override
    public void onMerge(int tokens) {
      throw sneaky(thrown);
    }

    @Override
    public void onResync() {
      throw sneaky(thrown);
    }
  }
}
