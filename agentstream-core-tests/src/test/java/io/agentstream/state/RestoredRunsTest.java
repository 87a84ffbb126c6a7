package io.agentstream.state;

import static io.agentstream.chat.termination.TerminationCondition.maxMessages;
import static io.agentstream.chat.termination.TerminationCondition.timeout;
import static io.agentstream.state.RestoreTest.MINUTE;
import static io.agentstream.state.RestoreTest.team;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.GroupChat;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.settings.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A restored run keeps its pause, its time, its messages and its end. */
class RestoredRunsTest {

  @Test
  void a_pause_holds() {
    Function<World, GroupChat.Builder> chat =
        world -> GroupChat.builder().participants(world.agents("Ann", "Ben")).maxRounds(1);
    World first = World.start(chat);
    first.conversation().pause().join();
    String whileAnnSpeaks = first.snap();
    first.model.next().tokens("x").complete();
    String afterAnn = first.snap();

    for (String snapshot : List.of(whileAnnSpeaks, afterAnn)) {
      World second = World.restore(chat, snapshot);

      assertThat(second.events.of(ConversationPaused.class)).hasSize(1);
      assertThat(second.model.isIdle()).isTrue();
      second.play();
      assertThat(second.events.only(ConversationEnded.class).reason())
          .isEqualTo(EndReason.MAX_ROUNDS);
      assertThat(second.said()).hasSize(3);
    }
  }

  @Test
  void a_pause_holds_for_all_teams_that_speak_at_once() {
    Function<World, GroupChat.Builder> chat =
        world ->
            GroupChat.builder()
                .participants(
                    team(world, "left", world.agents("Dan", "Eve")),
                    team(world, "right", world.agents("Fay", "Gus")))
                .speakerSelector(new TestSelectors.AllThenFirst())
                .maxRounds(1);
    World first = World.start(chat);
    first.conversation().pause().join();
    first.model.next().tokens("x").complete();
    first.model.next().tokens("y").complete();
    assertThat(first.events.of(ConversationPaused.class)).hasSize(1);
    assertThat(first.model.isIdle()).isTrue();

    World second = World.restore(chat, first.snap()).play();
    first.play();

    for (World world : List.of(first, second)) {
      assertThat(world.events.of(NewMessage.class)).hasSize(1 + 2 * 2 * 2);
      assertThat(world.events.only(ConversationEnded.class).reason())
          .isEqualTo(EndReason.MAX_ROUNDS);
    }
  }

  @Test
  void what_was_accepted_while_somebody_spoke_is_not_lost() {
    Function<World, GroupChat.Builder> chat =
        world -> GroupChat.builder().participants(world.agents("Ann", "Ben")).maxRounds(1);
    World first = World.start(chat);
    first.conversation().say("Mind the wind", false, "d1").join();
    String snapshot = first.snap();

    World second = World.restore(chat, snapshot);
    assertThat(second.said()).containsExactly("0 user: Will it rain?", "1 user: Mind the wind");

    // The client that was never told so sends it again.
    assertThat(second.conversation().say("Mind the wind", false, "d1").join())
        .isEqualTo(SteeringOutcome.ACCEPTED);
    second.play();
    assertThat(second.said()).filteredOn(said -> said.contains("wind")).hasSize(1);
    assertThat(second.said()).last().asString().contains("Ben");
  }

  @Test
  void an_ended_conversation_is_ended_and_goes_on_when_somebody_says_something() {
    Function<World, GroupChat.Builder> chat =
        world ->
            GroupChat.builder()
                .participants(world.agents("Ann", "Ben", "Cho"))
                .terminateWhen(maxMessages(3));
    World first = World.start(chat).play();

    World second = World.restore(chat, first.snap());
    assertThat(second.events.only(ConversationEnded.class))
        .isEqualTo(first.events.only(ConversationEnded.class));
    assertThat(second.conversation().result().join().reason()).isEqualTo(EndReason.TERMINATED);
    assertThat(second.model.isIdle()).isTrue();

    second.conversation().say("And tomorrow?").join();
    second.play();

    first.conversation().say("And tomorrow?").join();
    first.play();
    assertThat(second.said()).isEqualTo(first.said());
    assertThat(second.said())
        .extracting(said -> said.substring(0, 6))
        .containsExactly("0 user", "1 Ann:", "1 Ben:", "0 user", "1 Cho:", "1 Ann:");
    assertThat(second.messageIds()).isEqualTo(first.messageIds());
    assertThat(second.events.of(ConversationStarted.class))
        .extracting(ConversationStarted::run)
        .containsExactly(1, 2);
  }

  @Test
  void a_stopped_conversation_goes_on_too() {
    Function<World, GroupChat.Builder> chat =
        world -> GroupChat.builder().participants(world.agents("Ann", "Ben")).maxRounds(1);
    World first = World.start(chat);
    first.model.next().tokens("half");
    first.conversation().stop();

    World second = World.restore(chat, first.snap());
    assertThat(second.said()).containsExactly("0 user: Will it rain?", "1 Ann: half");
    second.conversation().say("Go on").join();
    second.play();

    assertThat(second.events.of(ConversationEnded.class))
        .extracting(ConversationEnded::reason)
        .containsExactly(EndReason.STOPPED, EndReason.MAX_ROUNDS);
  }

  @Test
  void the_time_of_a_run_goes_on() {
    Function<World, GroupChat.Builder> chat =
        world ->
            GroupChat.builder()
                .participants(world.agents("Ann"))
                .terminateWhen(timeout(MINUTE.multipliedBy(5)));
    World first = World.start(chat);
    first.clock.advance(MINUTE.multipliedBy(2));

    World second = World.restore(chat, first.snap());
    second.clock.advance(MINUTE.multipliedBy(3).minusMillis(1));
    assertThat(second.events.of(ConversationEnded.class)).isEmpty();
    second.clock.advance(Duration.ofMillis(1));

    assertThat(second.events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.TIMEOUT);
  }

  @Test
  void the_time_of_a_conversation_goes_on_and_stands_in_a_pause() {
    Timeouts timeouts =
        Timeouts.builder()
            .conversation(MINUTE.multipliedBy(5))
            .firstToken(MINUTE.multipliedBy(20))
            .build();
    Function<World, GroupChat.Builder> chat =
        world -> GroupChat.builder().participants(world.agents("Ann")).timeouts(timeouts);
    World first = World.start(chat);
    first.clock.advance(MINUTE.multipliedBy(2));
    first.conversation().pause().join();
    first.model.next().tokens("x").complete();
    first.clock.advance(MINUTE.multipliedBy(60));

    World second = World.restore(chat, first.snap());
    second.clock.advance(MINUTE.multipliedBy(60));
    second.conversation().unpause().join();
    second.clock.advance(MINUTE.multipliedBy(3).minusMillis(1));
    assertThat(second.events.of(ConversationEnded.class)).isEmpty();
    second.clock.advance(Duration.ofMillis(1));

    assertThat(second.events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.TIMEOUT);
  }
}
