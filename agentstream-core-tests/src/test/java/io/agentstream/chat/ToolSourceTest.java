package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ToolSource.Tool;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.ChatError;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tools that are asked for before each turn. */
class ToolSourceTest extends ToolSourceFixture {

  @Test
  void each_turn_is_offered_the_list_of_its_time() {
    List<Tool> tools = new ArrayList<>(List.of(tool("a")));
    start(chat(2, agent("Ann").toolSource(listing(tools)).build()));
    ScriptedCall first = model.next();
    tools.add(tool("b"));
    first.tokens("One.").complete();
    ScriptedCall second = model.next();
    second.tokens("Two.").complete();

    assertThat(offered(first)).containsExactly("a");
    assertThat(offered(second)).containsExactly("a", "b");
    assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void the_list_stays_the_same_within_a_turn() {
    List<Tool> tools = new ArrayList<>(List.of(tool("a"), tool("b")));
    start(chat(1, agent("Ann").toolSource(listing(tools)).build()));
    ScriptedCall first = model.next();
    tools.clear();
    first.toolCall("a", "{}").complete();
    ScriptedCall second = model.next();
    second.toolCall("b", "{}").complete();
    model.next().tokens("Both.").complete();

    assertThat(offered(second)).containsExactly("a", "b");
    assertThat(events.of(ToolResult.class))
        .extracting(ToolResult::result)
        .containsExactly("a done", "b done");
    assertThat(asked).hasSize(1);
  }

  @Test
  void the_source_knows_the_conversation_its_owner_the_agent_and_what_was_said() {
    Agent ann = agent("Ann").toolSource(listing(List.of())).build();
    chat(1, ann)
        .build()
        .newConversation("Tea?")
        .id("c1")
        .owner("mia")
        .inlineListener(events)
        .start();
    ScriptedCall call = model.next();
    call.tokens("Yes.").complete();

    assertThat(call.request().toolSpecifications()).isNullOrEmpty();
    assertThat(asked).hasSize(1);
    ToolSource.Turn turn = asked.get(0);
    assertThat(turn.conversationId()).isEqualTo("c1");
    assertThat(turn.ownerId()).isEqualTo("mia");
    assertThat(turn.agentName()).isEqualTo("Ann");
    assertThat(turn.messages()).extracting(said -> said.message().content()).contains("Tea?");
    assertThat(turn.toString()).doesNotContain("Tea?");
  }

  @Test
  void a_source_that_gives_no_list_fails_its_turn_alone_and_none_of_its_text_is_seen() {
    List<ToolSource> broken =
        List.of(
            turn -> {
              return Sneaky.sneak(new Exception(CANARY));
            },
            turn -> {
              throw new AssertionError(CANARY);
            },
            turn -> failedStage(new IllegalStateException(CANARY)),
            turn -> null,
            turn -> completedStage(null),
            turn -> completedStage(Collections.singletonList(null)));
    for (ToolSource source : broken) {
      ToolSourceTest each = new ToolSourceTest();
      try (Logged log = new Logged(AgentTurn.class)) {
        each.model.answers("Well.");
        each.start(
            each.chat(1, each.agent("Ann").toolSource(source).build(), each.agent("Ben").build()));

        ChatError error = each.events.only(ChatError.class);
        assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(error.message()).isEqualTo("The agent's tools could not be listed.");
        assertThat(each.events).isWellFormed().said("user: Tea?", "Ben: Well.");
        assertThat(each.events.toString()).doesNotContain(CANARY);
        assertThat(log.with(CANARY)).isEmpty();
        assertThat(log.with("a source of its tools failed with")).hasSize(1);
      }
    }
  }

  @Test
  void a_source_that_takes_too_long_fails_its_turn() {
    start(
        chat(
            1,
            agent("Ann").toolSource(turn -> new CompletableFuture<>()).build(),
            agent("Ben").build()));
    clock.advance(Timeouts.defaults().toolCall());
    model.next().tokens("Well.").complete();

    assertThat(events).isWellFormed().said("user: Tea?", "Ben: Well.");
    assertThat(events.of(StreamingComplete.class))
        .extracting(StreamingComplete::finishReason)
        .containsExactly(TurnFinishReason.ERROR, TurnFinishReason.STOP);
  }

  @Test
  void a_source_that_blocks_is_interrupted_when_its_turn_is_stopped() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ToolSource blocking =
        turn -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return completedStage(List.of());
        };
    ExecutorService executor = Executors.newCachedThreadPool();
    try {
      Conversation conversation =
          start(chat(1, agent("Ann").toolSource(blocking).build()).executor(executor));
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      conversation.stop();

      assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
      conversation.result().get(60, TimeUnit.SECONDS);
      assertThat(events).isWellFormed().endedWith(EndReason.STOPPED);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void a_source_is_asked_on_the_executor_and_holds_up_no_other_speaker() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    CompletableFuture<List<Tool>> tools = new CompletableFuture<>();
    ToolSource slow =
        turn -> {
          asked.add(turn);
          return tools;
        };
    start(
        chat(
                1,
                agent("Ann").toolSource(slow).build(),
                agent("Ben").build(),
                agent("Summariser").build())
            .speakerSelector(SpeakerSelector.parallelRound())
            .executor(tasks::add));
    assertThat(asked).isEmpty();
    runAll(tasks);
    assertThat(asked).hasSize(1);
    model.next().tokens("Ben speaks.").complete();
    assertThat(model.isIdle()).isTrue();

    tools.complete(List.of(tool("a")));
    runAll(tasks);
    ScriptedCall late = model.next();
    assertThat(offered(late)).containsExactly("a");
    late.tokens("Ann speaks.").complete();
    runAll(tasks);
    model.next().tokens("Both spoke.").complete();
    runAll(tasks);
    assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
  }

  private static void runAll(Queue<Runnable> tasks) {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void an_executor_that_takes_nothing_fails_the_turn() {
    ExecutorService shut = Executors.newSingleThreadExecutor();
    shut.shutdown();
    start(chat(1, agent("Ann").toolSource(listing(List.of())).build()).executor(shut));
    assertThat(events.only(ChatError.class).message())
        .isEqualTo("The agent's tools could not be listed.");
    assertThat(asked).isEmpty();
  }

  @Test
  void a_source_learns_when_its_turn_has_ended_and_not_before() {
    Agent ann =
        agent("Ann").toolSource(listing(List.of(tool("a")))).needsApproval(call -> true).build();
    Conversation conversation = start(chat(2, ann));
    model.next().toolCall("a", "{}").complete();
    CompletableFuture<Void> first = asked.get(0).ended().toCompletableFuture();
    assertThat(first).as("while it waits for a person").isNotDone();
    conversation.input("i1", "approve").join();
    assertThat(first).as("while the model is called").isNotDone();
    model.next().tokens("One.").complete();
    assertThat(first).isCompleted();

    model.next().tokens("Tw");
    CompletableFuture<Void> second = asked.get(1).ended().toCompletableFuture();
    assertThat(second).isNotDone();
    conversation.stop();
    assertThat(second).isCompleted();
  }

  @Test
  void a_late_list_changes_nothing() {
    CompletableFuture<List<Tool>> late = new CompletableFuture<>();
    start(chat(1, agent("Ann").toolSource(turn -> late).build()));
    clock.advance(Timeouts.defaults().toolCall());
    assertThat(events).isWellFormed().endedWith(EndReason.FAILED);
    int before = events.all().size();
    late.complete(List.of(tool("a")));
    assertThat(events.all()).hasSize(before);
    assertThat(model.calls()).isEmpty();
  }

  /** Refuses like a pool that is full for a while. */
  @Test
  void a_refused_task_is_handed_in_again() {
    List<Runnable> refused = new ArrayList<>();
    start(
        chat(1, agent("Ann").toolSource(listing(List.of(tool("a")))).build())
            .executor(
                task -> {
                  if (refused.isEmpty()) {
                    refused.add(task);
                    throw new RejectedExecutionException("full");
                  }
                  task.run();
                }));
    assertThat(asked).isEmpty();
    clock.advanceToNextAlarm();
    assertThat(asked).hasSize(1);
    model.next().tokens("Yes.").complete();
    assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
  }
}
