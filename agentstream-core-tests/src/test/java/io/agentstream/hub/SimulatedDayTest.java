package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.JournalSize;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.IdleTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A day of viewers who come and go, on a clock that is moved by hand: what is left of it in the end
 * is what an hour leaves.
 */
class SimulatedDayTest {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS_AN_HOUR = 360;
  private static final long SEED = 20_261_123;
  private static final int MOST_CONNECTED = 20;

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final InMemoryJournal journal = new InMemoryJournal(Limits.defaults(), clock);
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .defaultMaxRounds(1)
          .clock(clock)
          .executor(Runnable::run)
          .journal(journal)
          .build();
  private final Random random = new Random(SEED);
  private final Deque<ViewerConnection> connected = new ArrayDeque<>();
  private int started;

  @Test
  void leaves_no_more_behind_than_an_hour() {
    pass(1);
    int alarmsAfterAnHour = afterEverybodyHasLeft();
    int conversationsOfTheHour = started;

    pass(24);
    int alarms = afterEverybodyHasLeft();

    System.out.printf(
        "a day in simulated time: %,d conversations, left over: %d conversations, %d journals, %d"
            + " alarms, %d counts%n",
        started,
        hub.conversations().size(),
        JournalSize.of(journal),
        alarms,
        hub.admission().size());
    assertThat(started).isGreaterThan(10 * conversationsOfTheHour);
    assertThat(hub.conversations()).isEmpty();
    assertThat(JournalSize.of(journal)).isZero();
    assertThat(alarms).isEqualTo(alarmsAfterAnHour).isZero();
    // Viewers of the last minute before all had left are forgotten when the next one comes.
    assertThat(hub.admission().size()).isLessThanOrEqualTo(3 * MOST_CONNECTED);
  }

  private void pass(int hours) {
    for (int step = 0; step < hours * STEPS_AN_HOUR; step++) {
      if (connected.size() < MOST_CONNECTED) {
        connected.add(hub.connect(new IdleTransport(), false));
      }
      connected.forEach(viewer -> viewer.receive("{\"type\":\"pong\"}", true));
      act(connected.element());
      connected.add(connected.remove());
      clock.advance(STEP);
    }
  }

  private void act(ViewerConnection viewer) {
    int what = random.nextInt(10);
    if (what < 4) {
      viewer.receive("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}", true);
      started++;
      answer(random.nextInt(5));
    } else if (what < 6) {
      connected.remove(viewer);
      viewer.closed();
      connected.addFirst(hub.connect(new IdleTransport(), false));
    } else {
      viewer.receive("{\"type\":\"ping\"}", true);
    }
  }

  /** Some answers end well, some fail, and some never come. */
  private void answer(int how) {
    ScriptedCall call = model.next();
    while (!model.isIdle()) {
      call = model.next();
    }
    if (how < 3) {
      call.tokens("It ", "will.").complete();
    } else if (how == 3) {
      call.tokens("It").fail(new IllegalStateException("stubbed"));
      // Its retries find a model that says nothing, until the clocks run out.
    }
  }

  /** Long enough for whatever waits. */
  private int afterEverybodyHasLeft() {
    connected.forEach(ViewerConnection::closed);
    connected.clear();
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofMinutes(30));
      while (!model.isIdle()) {
        model.next();
      }
    }
    return clock.alarms();
  }
}
