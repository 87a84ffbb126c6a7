package io.agentstream.tests.race;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.Author;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.MessageWithdrawn;
import io.agentstream.event.NewMessage;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.stress.Stress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * A message is withdrawn while its turn comes: it is withdrawn and never delivered, or delivered
 * once and not withdrawn.
 */
@Timeout(300)
class QueueRaceTest {

  private static final int ROUNDS = Race.rounds(10_000);
  private static final Author ANNA = Author.of("u1", "Anna");
  private static final Author BEN = Author.of("u2", "Ben");

  private final Race race = new Race();
  private final ExecutorService recorder = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    race.close();
    recorder.shutdownNow();
  }

  @Stress
  void a_withdrawal_against_the_end_of_the_turn() throws Exception {
    Set<SteeringOutcome> seen = EnumSet.noneOf(SteeringOutcome.class);
    for (int round = 0; round < ROUNDS; round++) {
      ScriptedModel model = new ScriptedModel();
      RecordedEvents events = new RecordedEvents();
      // Every other conversation is recorded by another thread first.
      Conversation conversation = start(model, events, round % 2 == 0);
      ScriptedCall call = model.next().tokens("half");
      CompletableFuture<ScriptedCall> next = new CompletableFuture<>();
      model.then(next::complete).always(answer -> answer.tokens("ok").complete());
      conversation.say("Withdrawn?", ANNA).join();
      conversation.say("Stays.", BEN).join();
      String id = events.of(MessageQueued.class).get(0).queueId();
      CompletableFuture<SteeringOutcome> withdrawn = new CompletableFuture<>();

      race.run(
          round,
          () -> call.tokens(" more").complete(),
          () -> withdrawn.complete(conversation.by(ANNA).withdraw(id).get(60, TimeUnit.SECONDS)));
      next.get(60, TimeUnit.SECONDS).tokens("ok").complete();
      do {
        conversation.result().get(60, TimeUnit.SECONDS);
      } while (!events.isEnded());

      seen.add(withdrawn.join());
      check(events, withdrawn.join() == SteeringOutcome.ACCEPTED);
    }
    assertThat(seen)
        .as("both came first at times")
        .containsExactlyInAnyOrder(SteeringOutcome.ACCEPTED, SteeringOutcome.NOT_FOUND);
  }

  private static void check(RecordedEvents events, boolean withdrawn) {
    assertThat(events).isWellFormed();
    List<ChatEvent> all = events.all();
    List<NewMessage> said =
        events.of(NewMessage.class).stream().filter(message -> message.author() != null).toList();
    assertThat(said.stream().map(message -> message.speaker() + ": " + message.content()))
        .as("in\n%s", all)
        .containsExactlyElementsOf(
            withdrawn ? List.of("Ben: Stays.") : List.of("Anna: Withdrawn?", "Ben: Stays."));
    assertThat(events.of(MessageWithdrawn.class)).hasSize(withdrawn ? 1 : 0);
  }

  private Conversation start(ScriptedModel model, RecordedEvents events, boolean later) {
    return GroupChat.builder()
        .participants(
            Agent.builder("Otto").model(model).build(), Agent.builder("Zoe").model(model).build())
        .maxRounds(1)
        .clock(new ManualClock())
        .executor(Runnable::run)
        .build()
        .newConversation("Why?")
        .inlineListener(events)
        .beforeToolCalls(
            () ->
                later
                    ? CompletableFuture.runAsync(() -> {}, recorder)
                    : CompletableFuture.completedStage(null))
        .start();
  }
}
