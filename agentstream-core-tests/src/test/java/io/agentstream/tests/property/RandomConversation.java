package io.agentstream.tests.property;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ChatResult;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.PersonMessage;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.journal.FoldedEvents;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.wire.Snapshot;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A conversation to which {@link Action}s happen. */
final class RandomConversation {

  /** Enough for every run here to end; a run that takes more hangs or goes round in a circle. */
  private static final int PATIENCE = 2_000;

  /** Not all of them are in every chat. */
  private static final List<String> NAMES = List.of("Ann", "Ben", "Duo", "Zoe", "Kim", "Eve");

  private final ScriptedModel model = new ScriptedModel();
  private final ManualClock clock = new ManualClock();
  private final RecordedEvents events = new RecordedEvents();
  private final Setup setup;
  private final HeldExecutor held;
  private final Set<ScriptedCall> ended = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<ScriptedCall> spoken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final RandomRoster roster;
  private final Conversation conversation;
  private final int restoredMessages;
  private int said;

  RandomConversation(Setup setup) {
    this.setup = setup;
    held = new HeldExecutor(setup.execution());
    RandomChat chat = new RandomChat(setup, model, clock, held);
    roster = new RandomRoster(chat);
    conversation = chat.chat().newConversation("Why?").inlineListener(events).start();
    restoredMessages = 0;
  }

  private RandomConversation(Setup setup, ConversationState state) {
    this.setup = setup;
    held = new HeldExecutor(setup.execution());
    RandomChat chat = new RandomChat(setup, model, clock, held);
    roster = new RandomRoster(chat);
    conversation =
        chat.chat().restore(state).added(roster.added(state)).inlineListener(events).start();
    restoredMessages =
        (int) state.utterances().stream().filter(said -> !said.saysNothing()).count();
  }

  /** The same conversation as another machine would go on with it from here. */
  RandomConversation restoredElsewhere(Setup setup) {
    return new RandomConversation(setup, conversation.snapshot().join());
  }

  void apply(Action action) {
    if (action instanceof Action.Token token) {
      live(token.call()).ifPresent(call -> speak(call, token.text()));
    } else if (action instanceof Action.Thinking thinking) {
      live(thinking.call()).ifPresent(call -> call.thinking(thinking.text()));
    } else if (action instanceof Action.CallTool tool) {
      live(tool.call()).ifPresent(call -> call.toolCall(tool.name(), "{}"));
    } else if (action instanceof Action.Complete complete) {
      live(complete.call()).ifPresent(call -> complete(call, complete));
    } else if (action instanceof Action.Fail fail) {
      live(fail.call())
          .ifPresent(
              call -> {
                ended.add(call);
                call.fail(fail.failure().exception());
              });
    } else if (action instanceof Action.Late late) {
      pick(model.calls(), late.call()).ifPresent(call -> late(call, late.sound()));
    } else if (action instanceof Action.Advance advance) {
      clock.advance(advance.time());
    } else if (action instanceof Action.RunTask task) {
      held.runOne(task.task());
    } else {
      steer(action);
    }
  }

  private void steer(Action action) {
    if (action instanceof Action.Say say) {
      Author person = RandomRoster.person(say.person());
      take(conversation.say(PersonMessage.of("S" + ++said).by(person).at(say.when())));
    } else if (action instanceof Action.CallOn call) {
      String name = NAMES.get(call.agent() % NAMES.size());
      take(
          call.message()
              ? conversation.say("@" + name + "S" + ++said + " @Ben")
              : conversation.by(RandomRoster.person(0)).callOn(name));
    } else if (action instanceof Action.EditQueued edit) {
      pick(events.of(MessageQueued.class), edit.message())
          .ifPresent(queued -> take(conversation.edit(queued.queueId(), "S" + ++said)));
    } else if (action instanceof Action.WithdrawQueued withdrawal) {
      pick(events.of(MessageQueued.class), withdrawal.message())
          .ifPresent(
              queued -> take(conversation.by(RandomRoster.person(0)).withdraw(queued.queueId())));
    } else if (action instanceof Action.ChangeRoster change) {
      take(roster.change(change, conversation.by(RandomRoster.person(0))));
    } else if (action instanceof Action.SayTwice) {
      String text = "S" + ++said;
      take(conversation.say(text, false, text));
      take(conversation.say(text, true, text));
    } else if (action instanceof Action.Stop) {
      conversation.stop();
    } else if (action instanceof Action.StopSpeaker speaker) {
      pick(events.of(SpeakerChange.class), speaker.message())
          .ifPresent(turn -> take(conversation.stopSpeaker(turn.messageId())));
    } else if (action instanceof Action.StopAllSpeakers) {
      take(conversation.stopSpeaker());
    } else if (action instanceof Action.Pause) {
      take(conversation.pause());
    } else if (action instanceof Action.Unpause) {
      take(conversation.unpause());
    } else if (action instanceof Action.Answer answer) {
      pick(openInputs(), answer.question()).ifPresent(input -> answer(input, answer.choice()));
    }
  }

  /** All on one thread, every question is answered at once, whatever the answer. */
  private static void take(CompletableFuture<SteeringOutcome> outcome) {
    assertThat(outcome).isCompletedWithValueMatching(Objects::nonNull);
  }

  private void speak(ScriptedCall call, String text) {
    call.tokens(text);
    if (!text.isEmpty()) {
      spoken.add(call);
    }
  }

  private void complete(ScriptedCall call, Action.Complete how) {
    ended.add(call);
    if (!how.counted()) {
      call.withoutUsage();
    }
    call.complete(how.finish().reason);
  }

  private void late(ScriptedCall call, Action.Sound sound) {
    switch (sound) {
      case TOKEN -> call.tokens("late");
      case THINKING -> call.thinking("late");
      case TOOL_PIECE -> call.toolCall("look", "{\"late\":1}");
      case COMPLETION -> end(call, () -> call.complete());
      case TOOL_REQUEST -> end(call, () -> call.toolCall("look", "{}").complete());
      case ERROR -> end(call, () -> call.fail(Action.Failure.BROKEN.exception()));
    }
  }

  private void end(ScriptedCall call, Runnable end) {
    ended.add(call);
    end.run();
  }

  private void answer(InputRequested input, int choice) {
    List<String> choices = input.choices();
    String content = choices == null ? "told" : pick(choices, choice).orElseThrow();
    take(conversation.input(input.requestId(), content));
  }

  private List<InputRequested> openInputs() {
    List<String> resolved =
        events.of(InputResolved.class).stream().map(InputResolved::requestId).toList();
    return events.of(InputRequested.class).stream()
        .filter(input -> !resolved.contains(input.requestId()))
        .toList();
  }

  private List<ScriptedCall> liveCalls() {
    return model.calls().stream().filter(call -> !ended.contains(call)).toList();
  }

  private Optional<ScriptedCall> live(int which) {
    return pick(liveCalls(), which);
  }

  private static <T> Optional<T> pick(List<T> list, int which) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(which % list.size()));
  }

  /** Lets everything answer until the run is over, without stopping it. */
  void runToTheEnd() {
    for (int step = 0; !events.isEnded(); step++) {
      assertThat(step).as("steps without an end, in\n%s", events).isLessThan(PATIENCE);
      if (!goOn()) {
        throw new AssertionError("Nothing is left that could end the run:\n" + events);
      }
    }
    drainTasks();
  }

  /** Returns true if there was anything to do. */
  private boolean goOn() {
    if (conversation.unpause().join() == SteeringOutcome.ACCEPTED) {
      return true;
    }
    if (!held.isIdle()) {
      held.runOne(0);
      return true;
    }
    if (!openInputs().isEmpty()) {
      answer(openInputs().get(0), 0);
      return true;
    }
    Optional<ScriptedCall> call = live(0);
    if (call.isPresent()) {
      ended.add(call.get());
      call.get().tokens("ok").complete();
      return true;
    }
    return clock.advanceToNextAlarm() || letSomebodySpeak();
  }

  /** A run of which nobody may speak waits. */
  private boolean letSomebodySpeak() {
    return conversation.bringBack("Ann").join() == SteeringOutcome.ACCEPTED
        || conversation.unmute("Ann").join() == SteeringOutcome.ACCEPTED;
  }

  /** To the end: what the executor has refused comes again by an alarm. */
  private void drainTasks() {
    boolean comesAgain = setup.execution() == Setup.Execution.REFUSING;
    do {
      while (!held.isIdle()) {
        held.runOne(0);
      }
    } while (events.isEnded() && comesAgain && clock.advanceToNextAlarm());
  }

  boolean isEnded() {
    return events.isEnded();
  }

  void sayMore() {
    int runs = events.of(ConversationStarted.class).size();
    take(conversation.say("And more?"));
    assertThat(events.of(ConversationStarted.class)).as("runs").hasSize(runs + 1);
    assertThat(conversation.result()).as("the result of a run under way").isNotDone();
  }

  /** Checks what must hold once a run is over. */
  void checkAtTheEnd() {
    drainTasks();
    assertThat(events).isWellFormed();
    assertNoAlarms("alarms after the end of\n" + events);
    checkResult();
    assertThat(events.of(ChatError.class))
        .as("errors")
        .noneMatch(error -> error.message().contains("defect"));
    assertThat(liveCalls().stream().filter(spoken::contains).toList())
        .as("calls that speak after the end")
        .allMatch(ScriptedCall::isHungUp);
    checkHistory();
    checkPeople();
    checkLateCallbacks();
  }

  private void checkResult() {
    assertThat(conversation.result()).as("the result of\n%s", events).isDone();
    ChatResult result = conversation.result().join();
    List<ConversationEnded> ends = events.of(ConversationEnded.class);
    assertThat(result.reason()).isEqualTo(ends.get(ends.size() - 1).reason());
    assertThat(result.messages()).isEqualTo(events.of(NewMessage.class));
  }

  private void checkHistory() {
    assertThat(
            events.of(StreamingComplete.class).stream()
                .filter(complete -> complete.length() > 0)
                .map(complete -> complete.agentName() + ": " + complete.fullContent()))
        .containsExactlyElementsOf(
            events.of(NewMessage.class).stream()
                .skip(restoredMessages)
                .filter(message -> message.role() == NewMessage.Role.ASSISTANT)
                .map(message -> message.sender() + ": " + message.content())
                .toList());
  }

  /** Nobody is taken for an agent or for somebody else. */
  private void checkPeople() {
    assertThat(events.of(NewMessage.class))
        .filteredOn(message -> message.author() != null && message.seat() == null)
        .allMatch(message -> RandomRoster.isCalled(message.author().id(), message.speaker()));
  }

  /** Whenever a viewer comes, it sees what those see who were there from the start. */
  void checkSnapshots() {
    Snapshot.Content live = FoldedEvents.live(events.all());
    for (int prefix = 0; prefix < events.all().size(); prefix++) {
      assertThat(FoldedEvents.resumed(events.all(), prefix))
          .as("after %s events of\n%s", prefix, events)
          .isEqualTo(live);
    }
  }

  private void checkLateCallbacks() {
    int before = events.all().size();
    for (ScriptedCall call : model.calls()) {
      for (Action.Sound sound : Action.Sound.values()) {
        late(call, sound);
      }
    }
    drainTasks();
    assertThat(events.all()).as("events after late callbacks").hasSize(before);
    assertNoAlarms("alarms after late callbacks");
  }

  private void assertNoAlarms(String description) {
    if (!setup.lateAlarms()) {
      assertThat(clock.alarms()).as(description).isZero();
    }
  }
}
