package io.agentstream.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.upstream.InProcessUpstream;
import io.agentstream.viewer.Transport;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The costs that do not depend on how busy the machine is: how much a token allocates between the
 * bytes of its server-sent event and the socket, garbage included, how many frames it takes, and
 * how often it is serialised.
 */
class TokenPathTest {

  private static final long MOST_BYTES_A_TOKEN = 700;
  private static final long MOST_BYTES_OF_MODEL = 200;
  private static final int LONG_MESSAGE = 20_000;
  private static final int TENTHS = 10;
  private static final int WARM_UPS = 2;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void a_token_allocates_little_and_no_more_at_the_end_of_a_long_message() {
    long[] whole = warmedUp(() -> ofWholeWay(1));

    System.out.printf(
        "bytes a token, by tenth of a message of %,d: %s%n", LONG_MESSAGE, Arrays.toString(whole));
    assertThat(whole[TENTHS - 1]).isBetween(1L, MOST_BYTES_A_TOKEN);
    assertThat((double) whole[TENTHS - 1]).isLessThanOrEqualTo(1.1 * whole[0]);
  }

  @Test
  void a_token_costs_a_fraction_of_what_it_costs_with_langchain4js_model() {
    Cost ours = Cost.of(TokenPathTest::ourModel);
    Cost theirs = Cost.of(TokenPathTest::theirModel);

    System.out.printf("client and model, a token: ours %s, langchain4j's %s%n", ours, theirs);
    assertThat(ours.bytes()).isLessThan(MOST_BYTES_OF_MODEL);
    assertThat(ours.bytes() * 4).isLessThan(theirs.bytes());
  }

  /** The cost of a token on its way through a client and a model. */
  private record Cost(long bytes, double micros) {
    static Cost of(Supplier<Runnable> path) {
      Runnable warm = path.get();
      for (int i = 0; i < 4 * LONG_MESSAGE; i++) {
        warm.run();
      }
      Runnable token = path.get();
      long bytes = allocated();
      long nanos = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < LONG_MESSAGE; i++) {
        token.run();
      }
      return new Cost(
          (allocated() - bytes) / LONG_MESSAGE,
          (THREADS.getCurrentThreadCpuTime() - nanos) / 1000.0 / LONG_MESSAGE);
    }

    @Override
    public String toString() {
      return "%d bytes and %.2f µs".formatted(bytes, micros);
    }
  }

  @Test
  void a_further_viewer_allocates_nothing() {
    long[] one = warmedUp(() -> ofWholeWay(1));
    long[] ten = warmedUp(() -> ofWholeWay(10));

    double each = (double) (Arrays.stream(ten).sum() - Arrays.stream(one).sum()) / TENTHS / 9;
    System.out.printf("bytes for each further viewer and token: %.1f%n", each);
    assertThat(each).isLessThan(8);
  }

  private static long[] warmedUp(Supplier<long[]> figures) {
    long[] last = figures.get();
    for (int i = 0; i < WARM_UPS; i++) {
      last = figures.get();
    }
    return last;
  }

  private static long[] ofWholeWay(int viewers) {
    try (TokenPath path = new TokenPath(OpenSocket.many(viewers))) {
      path.start();
      return bytesOfTenths(path::token);
    }
  }

  private static Runnable ourModel() {
    InProcessUpstream upstream = new InProcessUpstream();
    return tokens(upstream, TokenPath.model(upstream));
  }

  private static Runnable theirModel() {
    InProcessUpstream upstream = new InProcessUpstream();
    return tokens(upstream, TokenPath.langchain4j(upstream));
  }

  private static Runnable tokens(InProcessUpstream upstream, StreamingChatModel model) {
    ModelEvents events = new ModelEvents(" word");
    model.chat("Tea?", new IgnoringHandler());
    return () -> upstream.push(events.token());
  }

  /** Bytes a token in each tenth of a long message. */
  private static long[] bytesOfTenths(Runnable token) {
    long[] tenths = new long[TENTHS];
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      long before = allocated();
      for (int i = 0; i < LONG_MESSAGE / TENTHS; i++) {
        token.run();
      }
      tenths[tenth] = (allocated() - before) / (LONG_MESSAGE / TENTHS);
    }
    return tenths;
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static void say(TokenPath path, int tokens) {
    for (int i = 0; i < tokens; i++) {
      path.token();
    }
  }

  @Test
  void a_token_is_one_frame_while_the_socket_is_free() {
    OpenSocket socket = new OpenSocket();
    try (TokenPath path = new TokenPath(List.of(socket))) {
      path.start();
      long before = socket.frames();
      say(path, 1_000);

      assertThat(socket.frames() - before).isEqualTo(1_000);
    }
  }

  @Test
  void tokens_that_one_read_brings_share_a_frame() {
    KeepingSocket socket = new KeepingSocket();
    try (TokenPath path = new TokenPath(List.of(socket))) {
      path.start();
      int before = socket.frames.size();
      path.tokensTogether(60);
      path.token();

      assertThat(socket.frames.size() - before).isEqualTo(2);
      assertThat(socket.frames.get(before)).contains("\"token\":\"" + " word".repeat(60) + "\"");
    }
  }

  @Test
  void tokens_that_come_while_the_socket_is_busy_share_a_frame() {
    BusySocket socket = new BusySocket();
    try (TokenPath path = new TokenPath(List.of(socket))) {
      path.start();
      socket.takeAll();
      int before = socket.frames.size();
      say(path, 1);
      say(path, 999);
      socket.takeAll();

      assertThat(socket.frames.size() - before).isEqualTo(2);
      assertThat(socket.frames.get(before + 1)).contains("\"token\":\"" + " word".repeat(999));
    }
  }

  @Test
  void a_token_is_serialised_once_for_a_hundred_viewers() {
    List<KeepingSocket> sockets = Stream.generate(KeepingSocket::new).limit(100).toList();
    try (TokenPath path = new TokenPath(sockets)) {
      path.start();
      sockets.forEach(socket -> socket.frames.clear());
      say(path, 50);

      Set<String> texts = Collections.newSetFromMap(new IdentityHashMap<>());
      sockets.forEach(socket -> texts.addAll(socket.frames));
      assertThat(sockets).allSatisfy(socket -> assertThat(socket.frames).hasSize(50));
      assertThat(texts).hasSize(50);
    }
  }

  private static final class IgnoringHandler implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String token) {}

    @Override
    public void onCompleteResponse(ChatResponse response) {}

    @Override
    public void onError(Throwable error) {
      throw new AssertionError(error);
    }
  }

  /** Keeps the frames as the very objects that it was given. */
  private static class KeepingSocket implements Transport {
    final List<String> frames = new ArrayList<>();

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      frames.add(message);
      onSent.accept(null);
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {}
  }

  /** Takes a frame, and the next when it is told to. */
  private static final class BusySocket extends KeepingSocket {
    private @Nullable Consumer<@Nullable Throwable> underWay;

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      frames.add(message);
      underWay = onSent;
    }

    void takeAll() {
      Consumer<@Nullable Throwable> taken;
      while ((taken = underWay) != null) {
        underWay = null;
        taken.accept(null);
      }
    }
  }
}
