package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Logged;
import io.agentstream.internal.LibraryCode;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Timeouts;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.CloseCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A transport of a user's adapter that throws, blocks or is slow harms its own viewer alone. */
class AdapterTransportTest extends OneViewer {

  static List<Throwable> whateverIsThrown() {
    return List.of(
        new IllegalStateException("canary"),
        new IOException("canary"),
        new StackOverflowError("canary"),
        new NoClassDefFoundError("canary"));
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void a_send_that_throws_ends_its_connection_and_the_others_get_every_token(Throwable thrown) {
    start();
    Adapter other = joined(new Adapter());
    other.onToken = () -> sneaky(thrown);
    model.next().tokens("a", "b");

    assertThat(other.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isEqualTo(1);
    assertThat(text(socket, "m2")).isEqualTo("ab");
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void a_ping_that_throws_leaves_the_heartbeat_which_ends_the_connection(Throwable thrown) {
    Adapter other = new Adapter();
    other.onPing = () -> sneaky(thrown);
    hub.connect(other, true);
    clock.advance(Duration.ofSeconds(20));
    assertThat(other.closeCode).isZero();
    clock.advance(Duration.ofSeconds(11));
    assertThat(other.closeCode).isEqualTo(4002);
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void a_close_that_throws_keeps_no_other_connection_open(Throwable thrown) {
    for (int i = 0; i < 10; i++) {
      Adapter other = new Adapter();
      other.onClose = () -> sneaky(thrown);
      hub.connect(other, false);
    }
    hub.close();
    assertThat(socket.closeCode).isEqualTo(1001);
    assertThat(hub.load().connections()).isZero();
  }

  @Test
  void a_send_that_blocks_is_over_when_the_time_for_a_send_is_and_the_socket_is_closed() {
    start();
    Adapter other = joined(new Adapter());
    other.onToken =
        () -> {
          clock.advance(Timeouts.defaults().stuckWrite());
          assertThat(other.closeCode).isEqualTo(4003);
        };
    model.next().tokens("a", "b");

    assertThat(other.tokens).isEqualTo(1);
    assertThat(hub.load().connections()).isEqualTo(1);
    assertThat(text(socket, "m2")).isEqualTo("ab");
  }

  @Test
  void each_slow_method_is_named_and_a_quick_transport_is_not() {
    start();
    SlowToSend send = joined(new SlowToSend());
    SlowToPing ping = new SlowToPing();
    SlowToClose close = new SlowToClose();
    send.onToken = this::takeLong;
    ping.onPing = this::takeLong;
    close.onClose = this::takeLong;
    hub.connect(ping, true);
    ViewerConnection closing = hub.connect(close, false);
    try (Logged logged = new Logged()) {
      model.next().tokens("a", "b");
      clock.advance(Duration.ofSeconds(20));
      closing.close(CloseCode.GOING_AWAY);

      for (Adapter slow : List.of(send, ping, close)) {
        assertThat(logged.with(slow.getClass().getName() + " took 101 ms")).hasSize(1);
      }
      assertThat(logged.with(socket.getClass().getName())).isEmpty();
    }
  }

  @Test
  void a_transport_of_the_library_is_called_without_a_look_at_the_clock() {
    UserCode userCode = new UserCode(clock::nanoTime);
    Transport ours = new Ours(null);
    assertThat(MeasuredTransport.of(ours, userCode)).isSameAs(ours);
    assertThat(MeasuredTransport.of(new Adapter(), userCode)).isInstanceOf(MeasuredTransport.class);
  }

  @Test
  void code_of_the_library_that_passes_calls_on_is_measured_and_named_by_who_gets_them() {
    Transport ours = new Ours(new SlowUser());
    assertThat(UserCode.isOurs(ours)).isFalse();
    UserCode userCode = new UserCode(clock::nanoTime);
    try (Logged logged = new Logged()) {
      userCode.run(ours, this::takeLong, failure -> {});
      assertThat(logged.with(SlowUser.class.getName() + " took 101 ms")).hasSize(1);
    }
  }

  private <T extends Adapter> T joined(T adapter) {
    send(
        hub.connect(adapter, false), "join_conversation", "{\"conversation_id\":\"" + id() + "\"}");
    return adapter;
  }

  private void takeLong() {
    clock.advance(Duration.ofMillis(101));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Takes every frame at once. */
  private static class Adapter implements Transport {
    Runnable onToken = () -> {};
    Runnable onPing = () -> {};
    Runnable onClose = () -> {};
    int tokens;
    int closeCode;

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      if (message.contains("\"streaming_token\"")) {
        tokens++;
        onToken.run();
      }
      onSent.accept(null);
    }

    @Override
    public void ping() {
      onPing.run();
    }

    @Override
    public void close(int code, String reason) {
      closeCode = code;
      onClose.run();
    }
  }

  private static final class SlowToSend extends Adapter {}

  private static final class SlowToPing extends Adapter {}

  private static final class SlowToClose extends Adapter {}

  private static final class SlowUser extends Adapter {}

  private static final class Ours extends Adapter implements LibraryCode {
    private final @Nullable Object user;

    Ours(@Nullable Object user) {
      this.user = user;
    }

    @Override
    public @Nullable Object user() {
      return user;
    }
  }
}
