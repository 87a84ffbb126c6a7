package io.agentstream.test.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Checks from outside that a server speaks version 1 of the protocol: no event is lost, duplicated
 * or changed for viewers that are disconnected, late or slow, and invalid input harms nobody.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> my_server_conforms() {
 *   return ConformanceSuite.of(URI.create("ws://127.0.0.1:8080/ws")).tests();
 * }
 * }</pre>
 *
 * The server must offer an agent whose conversations end, accept anonymous viewers, and allow a
 * thousand successive connections in a minute. Immutable; the tests run on their caller's thread.
 */
public final class ConformanceSuite {

  private final ServerUnderTest server;
  private final int repetitions;
  private final boolean patient;
  private final Figures figures = new Figures();

  private ConformanceSuite(ServerUnderTest server, int repetitions, boolean patient) {
    this.server = server;
    this.repetitions = repetitions;
    this.patient = patient;
  }

  /**
   * Returns a suite for one server.
   *
   * @param server its WebSocket URL, for example {@code ws://127.0.0.1:8080/ws}, or the address of
   *     its commands and events over HTTP, for example {@code http://127.0.0.1:8080/api}
   */
  public static ConformanceSuite of(URI server) {
    Objects.requireNonNull(server, "server");
    return new ConformanceSuite(new ServerUnderTest(server, false, "Tea or coffee?"), 1, false);
  }

  /**
   * Returns a suite that accepts only fields and types in the schema. By default others are
   * accepted.
   */
  public ConformanceSuite strict() {
    return new ConformanceSuite(
        new ServerUnderTest(server.uri(), true, server.topic()), repetitions, patient);
  }

  /** Returns a suite with this topic; default {@code Tea or coffee?}. */
  public ConformanceSuite topic(String topic) {
    return new ConformanceSuite(
        new ServerUnderTest(server.uri(), server.strict(), topic), repetitions, patient);
  }

  /**
   * Returns a suite that repeats the tests of disconnections and late joins with this many
   * conversations; default 1.
   */
  public ConformanceSuite repetitions(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("repetitions must be at least 1, not " + count);
    }
    return new ConformanceSuite(server, count, patient);
  }

  /**
   * Returns a suite that also tests, for as long as the heartbeat takes, that the server detects
   * dead connections.
   */
  public ConformanceSuite patient() {
    return new ConformanceSuite(server, repetitions, true);
  }

  /** Returns the tests, which must run in this order; the last one prints the figures. */
  public Stream<DynamicTest> tests() {
    if (server.isHttp()) {
      return new HttpTests(server, figures, repetitions).tests();
    }
    Rules rules = new Rules(server);
    CutsAfterEveryFrame cuts = new CutsAfterEveryFrame(server, figures);
    Faults faults = new Faults(server, figures);
    List<DynamicTest> tests =
        new ArrayList<>(
            List.of(
                dynamicTest("a conversation is whole and ends", rules::aConversationIsWholeAndEnds),
                dynamicTest("a ping is answered", rules::aPingIsAnswered),
                dynamicTest("an unknown version is closed", rules::anUnknownVersionIsClosed),
                dynamicTest(
                    "ten bad messages in a row end the connection",
                    rules::tenBadMessagesInARowEndTheConnection),
                dynamicTest(
                    "the same request means the same conversation",
                    rules::theSameRequestMeansTheSameConversation),
                dynamicTest(
                    "a conversation that does not exist is not found",
                    rules::aConversationThatDoesNotExistIsNotFound),
                dynamicTest(
                    "after leaving nothing more comes", rules::afterLeavingNothingMoreComes),
                dynamicTest("cuts after every frame, twice in a row", repeated(cuts::live)),
                dynamicTest(
                    "cuts after every frame of a conversation that is over",
                    repeated(cuts::afterTheEnd)),
                dynamicTest("cuts in the middle of a frame", repeated(faults::cutsMidFrame)),
                dynamicTest(
                    "late joins at every frame",
                    repeated(() -> new LateJoins(server, figures).run())),
                dynamicTest("a slow reader", () -> new SlowReader(server).run()),
                dynamicTest("a line that is held up", faults::delays),
                dynamicTest("a line on which every byte comes alone", faults::drips),
                dynamicTest("a half-open line", faults::halfOpen),
                dynamicTest("bad input", () -> new BadInputs(server, figures).run())));
    if (patient) {
      tests.add(dynamicTest("a half-open line is found out", faults::halfOpenIsFoundOut));
    }
    tests.add(dynamicTest("figures", () -> System.out.println("conformance: " + figures.line())));
    return tests.stream();
  }

  /**
   * Returns further tests for viewers whose sockets are full. They need a model that sends several
   * megabytes at once, all of which the server must keep for replay.
   */
  public Stream<DynamicTest> testsFlatOut() {
    return Stream.of(
        dynamicTest("a slow reader of very much", () -> new SlowReader(server).run()),
        dynamicTest("a held-up line for very much", new Faults(server, figures)::delaysOfVeryMuch));
  }

  private Executable repeated(Executable check) {
    return () -> {
      for (int i = 0; i < repetitions; i++) {
        check.execute();
      }
    };
  }

  /**
   * Runs the suite from the command line and exits with 1 if the server does not conform.
   *
   * @param args the WebSocket URL
   */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("Usage: ConformanceSuite ws://HOST:PORT/PATH");
      System.exit(2);
    }
    System.exit(of(URI.create(args[0])).patient().run() ? 0 : 1);
  }

  private boolean run() {
    boolean passed = true;
    for (DynamicTest test : tests().toList()) {
      try {
        test.getExecutable().execute();
        System.out.println("ok      " + test.getDisplayName());
      } catch (Throwable failure) {
        passed = false;
        System.out.println("FAILED  " + test.getDisplayName() + ": " + failure.getMessage());
      }
    }
    return passed;
  }
}
