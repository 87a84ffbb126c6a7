package io.agentstream.tests.property;

import io.agentstream.chat.InputTimeoutPolicy;
import io.agentstream.event.Delivery;
import io.agentstream.tests.property.Action.Advance;
import io.agentstream.tests.property.Action.Answer;
import io.agentstream.tests.property.Action.CallOn;
import io.agentstream.tests.property.Action.CallTool;
import io.agentstream.tests.property.Action.Change;
import io.agentstream.tests.property.Action.ChangeRoster;
import io.agentstream.tests.property.Action.Complete;
import io.agentstream.tests.property.Action.EditQueued;
import io.agentstream.tests.property.Action.Fail;
import io.agentstream.tests.property.Action.Failure;
import io.agentstream.tests.property.Action.Finish;
import io.agentstream.tests.property.Action.Late;
import io.agentstream.tests.property.Action.Pause;
import io.agentstream.tests.property.Action.RunTask;
import io.agentstream.tests.property.Action.Say;
import io.agentstream.tests.property.Action.SayTwice;
import io.agentstream.tests.property.Action.Sound;
import io.agentstream.tests.property.Action.Stop;
import io.agentstream.tests.property.Action.StopAllSpeakers;
import io.agentstream.tests.property.Action.StopSpeaker;
import io.agentstream.tests.property.Action.Thinking;
import io.agentstream.tests.property.Action.Token;
import io.agentstream.tests.property.Action.Unpause;
import io.agentstream.tests.property.Action.WithdrawQueued;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens to a conversation, and however it is set up: its events are what the protocol
 * promises, it comes to an end once everybody answers, and it can go on after that.
 */
class ConversationPropertyTest {

  private static final List<String> THOUGHTS =
      Action.PIECES.stream().filter(piece -> !piece.isEmpty()).toList();

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatever_happens_it_is_well_formed_and_ends_and_can_go_on(
      @ForAll("setups") Setup setup, @ForAll("actions") List<Action> actions) {
    RandomConversation conversation = new RandomConversation(setup);
    actions.forEach(conversation::apply);
    conversation.runToTheEnd();
    conversation.checkAtTheEnd();
    conversation.sayMore();
    conversation.runToTheEnd();
    conversation.checkAtTheEnd();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void at_any_moment_it_can_go_on_elsewhere(
      @ForAll("setups") Setup setup, @ForAll("actions") List<Action> actions) {
    RandomConversation before = new RandomConversation(setup);
    actions.forEach(before::apply);
    RandomConversation after = before.restoredElsewhere(setup);
    after.runToTheEnd();
    after.checkAtTheEnd();
    after.sayMore();
    after.runToTheEnd();
    after.checkAtTheEnd();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void after_any_event_a_snapshot_and_the_events_after_it_show_what_all_events_show(
      @ForAll("setups") Setup setup, @ForAll("actions") List<Action> actions) {
    RandomConversation conversation = new RandomConversation(setup);
    actions.forEach(conversation::apply);
    conversation.checkSnapshots();
    conversation.runToTheEnd();
    conversation.checkSnapshots();
  }

  @Provide
  Arbitrary<Setup> setups() {
    Arbitrary<SelectorKind> nested = Arbitraries.of(SelectorKind.ALL).injectNull(0.5);
    return Combinators.combine(
            Arbitraries.of(SelectorKind.ALL),
            Combinators.combine(
                    nested,
                    Arbitraries.of(false, true),
                    Arbitraries.of(false, true),
                    Arbitraries.of(Setup.Window.class))
                .as(Tuple::of),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(Setup.Retries.class),
            Arbitraries.of(Setup.Failures.class),
            Arbitraries.of(InputTimeoutPolicy.class),
            Arbitraries.of(0, 0, 3),
            Combinators.combine(
                    Arbitraries.of(0, 0, 4),
                    Arbitraries.of(Setup.Execution.class),
                    Arbitraries.of(false, true))
                .as(Tuple::of))
        .as(
            (selector, teams, rounds, retries, failures, onTimeout, messages, end) ->
                new Setup(
                    selector,
                    teams.get1(),
                    teams.get2(),
                    teams.get3(),
                    teams.get4(),
                    rounds,
                    retries,
                    failures,
                    onTimeout,
                    messages,
                    end.get1(),
                    end.get2(),
                    end.get3()));
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    return Arbitraries.<Action>frequencyOf(
            Tuple.of(10, numbered(Action.PIECES, Token::new)),
            Tuple.of(3, numbered(THOUGHTS, Thinking::new)),
            Tuple.of(4, numbered(Action.TOOLS, CallTool::new)),
            Tuple.of(8, completions()),
            Tuple.of(4, numbered(List.of(Failure.values()), Fail::new)),
            Tuple.of(3, numbered(List.of(Sound.values()), Late::new)),
            Tuple.of(5, numbered(List.of(Delivery.values()), Say::new)),
            Tuple.of(2, number().map(EditQueued::new)),
            Tuple.of(2, number().map(WithdrawQueued::new)),
            Tuple.of(3, numbered(List.of(true, false), CallOn::new)),
            Tuple.of(4, numbered(List.of(Change.values()), ChangeRoster::new)),
            Tuple.of(1, Arbitraries.of(new SayTwice(), new StopAllSpeakers())),
            Tuple.of(1, Arbitraries.of(new Stop())),
            Tuple.of(2, number().map(StopSpeaker::new)),
            Tuple.of(4, Arbitraries.of(new Pause(), new Unpause())),
            Tuple.of(3, Combinators.combine(number(), number()).as(Answer::new)),
            Tuple.of(3, times().map(Advance::new)),
            Tuple.of(8, number().map(RunTask::new)))
        .list()
        .ofMaxSize(40);
  }

  private static <T> Arbitrary<? extends Action> numbered(
      List<T> values, Combinators.F2<Integer, T, ? extends Action> action) {
    return Combinators.combine(number(), Arbitraries.of(values)).as(action::apply);
  }

  private static Arbitrary<Complete> completions() {
    return Combinators.combine(number(), Arbitraries.of(Finish.class), Arbitraries.of(true, false))
        .as(Complete::new);
  }

  private static Arbitrary<Integer> number() {
    return Arbitraries.integers().between(0, 6);
  }

  private static Arbitrary<Duration> times() {
    return Arbitraries.of(
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        Duration.ofMinutes(3),
        Duration.ofMinutes(6),
        Duration.ofMinutes(31));
  }
}
