package io.agentstream.test.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The tests of the suite that do not depend on WebSocket, over HTTP. */
record HttpTests(ServerUnderTest server, Figures figures, int repetitions) {

  Stream<DynamicTest> tests() {
    Rules rules = new Rules(server);
    CutsAfterEveryFrame cuts = new CutsAfterEveryFrame(server, figures);
    Faults faults = new Faults(server, figures);
    return Stream.of(
        dynamicTest("a conversation is whole and ends", rules::aConversationIsWholeAndEnds),
        dynamicTest("a ping is answered", rules::aPingIsAnswered),
        dynamicTest(
            "the same request means the same conversation",
            rules::theSameRequestMeansTheSameConversation),
        dynamicTest(
            "a conversation that does not exist is not found",
            rules::aConversationThatDoesNotExistIsNotFound),
        dynamicTest("cuts after every event, twice in a row", () -> repeat(cuts::live)),
        dynamicTest(
            "cuts after every event of a conversation that is over",
            () -> repeat(cuts::afterTheEnd)),
        dynamicTest("cuts in the middle of an event", () -> repeat(faults::cutsMidFrame)),
        dynamicTest("late joins at every event", () -> repeat(new LateJoins(server, figures)::run)),
        dynamicTest("a slow reader", new SlowReader(server)::run),
        dynamicTest("a line that is held up", faults::delays),
        dynamicTest("a line on which every byte comes alone", faults::drips),
        dynamicTest("a half-open line", faults::halfOpen),
        dynamicTest(
            "figures", () -> System.out.println("conformance over HTTP: " + figures.line())));
  }

  private void repeat(Runnable check) {
    for (int i = 0; i < repetitions; i++) {
      check.run();
    }
  }
}
