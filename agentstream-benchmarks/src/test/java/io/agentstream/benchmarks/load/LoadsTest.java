package io.agentstream.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each load, small and short, on one real server: that its counts are whole. Nothing is timed. */
class LoadsTest {

  /** Only a burst that loses something lasts so long. */
  private static final long PATIENCE_MILLIS = 60_000;

  private static ServerUnderTest model;
  private static ServerUnderTest server;

  private final Load load = new Load(progress -> {});

  @BeforeAll
  static void start() throws IOException {
    Path home = Path.of("").toAbsolutePath();
    model = Servers.modelServer(home);
    server = new Servers(home, model.port()).start(Servers.OURS_ON_TOMCAT);
    // On a busy machine the first conversation of a process takes longer than a whole measurement.
    new Load(progress -> {}).measure(server, new Scenario("warm", 5, 20, 10, 0, PATIENCE_MILLIS));
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  @Test
  void conversations_that_start_over_and_over_lose_nothing() throws IOException {
    Measurement measured = load.measure(server, new Scenario("steady", 5, 20, 10, 200, 800));

    assertThat(measured.tokens()).isPositive();
    assertThat(measured.lost() + measured.broken()).isZero();
    assertThat(measured.bytesPerToken()).isPositive();
  }

  @Test
  void a_burst_has_all_its_tokens() throws IOException {
    Measurement measured =
        load.measure(server, new Scenario("burst", 20, 20, 10, 0, PATIENCE_MILLIS));

    assertThat(measured.tokens()).isEqualTo(20 * 20);
    assertThat(measured.lost() + measured.broken()).isZero();
    assertThat(measured.javaThreads()).isBetween(1, measured.threads());
  }

  @Test
  void conversations_of_one_token_all_end() throws IOException {
    Measurement measured =
        load.measure(server, new Scenario("turns", 50, 1, 0, 0, PATIENCE_MILLIS));

    assertThat(measured.tokens()).isEqualTo(50);
    assertThat(measured.lost() + measured.broken()).isZero();
  }

  @Test
  void a_suspended_server_continues_where_it_was() throws IOException {
    server.suspend();
    server.resume();

    Measurement measured =
        load.measure(server, new Scenario("burst", 5, 20, 10, 0, PATIENCE_MILLIS));
    assertThat(measured.tokens()).isEqualTo(5 * 20);
  }

  @Test
  void every_viewer_that_joins_gets_the_whole_conversation() throws IOException {
    Joins.One measured = Joins.measure(server, 500, 2, 1);

    assertThat(measured.inTurn().bytes()).isGreaterThan(500 * Stamp.LENGTH);
    assertThat(measured.atOnce().bytes()).isGreaterThan(500 * Stamp.LENGTH);
  }

  @Test
  void every_viewer_that_resyncs_gets_the_whole_conversation() throws IOException {
    SnapshotCost measured = Resyncs.measure(server, 500, 1);

    assertThat(measured.bytes()).isGreaterThan(500 * Stamp.LENGTH);
  }

  @Test
  void all_viewers_of_one_conversation_get_all_of_it() throws IOException {
    FurtherViewers.One measured = FurtherViewers.measure(server, 10, true);

    assertThat(measured.said()).isPositive();
    assertThat(measured.lost()).isZero();
  }

  @Test
  void all_readers_of_events_get_all_tokens() throws IOException {
    EventViewers.One measured = EventViewers.measure(server, 10, true);

    assertThat(measured.received()).isPositive();
    assertThat(measured.lost()).isZero();
  }

  @Test
  void a_viewer_that_comes_back_to_an_answer_misses_nothing_and_gets_nothing_twice()
      throws IOException {
    Peer peer = new Peer(server, AnswerKind.AGENTSTREAM, Optional.empty(), model.port());

    PeerLoads.Reconnects measured = PeerLoads.reconnects(peer, 500, 10);

    assertThat(measured.resumed()).isEqualTo(new PeerLoads.Flaws(0, 0));
    assertThat(measured.reloaded()).isEqualTo(new PeerLoads.Flaws(0, 0));
    assertThat(measured.resumes().bytes()).isLessThan(measured.reloads().bytes());
  }

  @Test
  void many_conversations_lose_nothing() throws IOException {
    ManyConversations.One measured =
        ManyConversations.measure(server, new ManyConversations.Sizes(20, 500, 500, 1_500));

    assertThat(measured.measurement().tokens()).isPositive();
    assertThat(measured.measurement().lost() + measured.measurement().broken()).isZero();
    assertThat(measured.heapBytes()).isPositive();
  }

  @Test
  void idle_conversations_hold_some_heap() throws IOException {
    IdleConversations.One measured = IdleConversations.measure(server, 100, true);

    assertThat(measured.connection() + measured.conversation()).isPositive();
  }

  @Test
  void a_long_message_is_looked_at_in_tenths() throws IOException {
    // A tenth may be shorter than a tick of the processor's clock, the whole is not.
    assertThat(DoubleStream.of(LongMessage.tenths(server, 200)).sum()).isPositive();
  }
}
