package io.agentstream.state;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationParameters;
import io.agentstream.chat.Agent;
import io.agentstream.chat.BegunTurn;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.ToolResult;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One process. Its tools run when the test says so. */
final class ToolProcess {
  final ScriptedModel model = new ScriptedModel();
  final ManualClock clock = new ManualClock();
  final RecordedEvents events = new RecordedEvents();
  final Queue<Runnable> tasks = new ArrayDeque<>();
  final List<String> keys = new ArrayList<>();
  private final GroupChat chat;
  Conversation conversation;
  List<String> keysBefore = List.of();
  String owner;

  ToolProcess(UnaryOperator<Agent.Builder> settings) {
    this.chat = chat(settings.apply(Agent.builder("Ann").tools(this)));
  }

  ToolProcess(Agent.Builder ann) {
    this.chat = chat(ann);
  }

  private GroupChat chat(Agent.Builder ann) {
    return GroupChat.builder()
        .participants(ann.model(model).build())
        .maxRounds(1)
        .clock(clock)
        .executor(tasks::add)
        .build();
  }

  @Tool
  public String pay(InvocationParameters call) {
    keys.add(call.get(Agent.IDEMPOTENCY_KEY));
    return "paid";
  }

  static ToolProcess started(UnaryOperator<Agent.Builder> settings) {
    ToolProcess process = new ToolProcess(settings);
    process.start(() -> CompletableFuture.completedStage(null));
    return process;
  }

  static ToolProcess restored(String document, UnaryOperator<Agent.Builder> settings) {
    ToolProcess process = new ToolProcess(settings);
    process.restore(document);
    return process;
  }

  void start(Supplier<CompletionStage<Void>> record) {
    conversation =
        chat.newConversation("Pay the bill")
            .owner(owner)
            .inlineListener(events)
            .beforeToolCalls(record)
            .start();
  }

  void restore(String document) {
    keysBefore = keys(document);
    conversation =
        chat.restore(ConversationStateJson.read(document))
            .owner(owner)
            .inlineListener(events)
            .start();
  }

  /** Runs what waits, and returns the next call to the model. */
  ScriptedCall next() {
    runTools();
    return model.next();
  }

  ToolProcess callTool() {
    next().toolCall("pay", "{}").complete();
    return this;
  }

  void runTools() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  void answer(InputRequested question, String answer) {
    conversation.input(question.requestId(), answer).join();
  }

  /** The model sees the result, and answers. */
  void finish() {
    ScriptedCall call = next();
    ToolResult newest = events.of(ToolResult.class).get(events.of(ToolResult.class).size() - 1);
    assertThat(call.messages())
        .filteredOn(ToolExecutionResultMessage.class::isInstance)
        .last()
        .extracting(message -> ((ToolExecutionResultMessage) message).text())
        .isEqualTo(newest.result());
    call.tokens("Done.").complete();
    assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
  }

  String document() {
    return ConversationStateJson.write(conversation.snapshot().join());
  }

  static List<String> keys(String document) {
    ConversationState.Step step = ConversationStateJson.read(document).run().step();
    return step == null || step.begun() == null
        ? List.of()
        : step.begun().stream()
            .flatMap(turn -> turn.answers().stream())
            .flatMap(answer -> answer.calls().stream())
            .map(BegunTurn.Call::key)
            .filter(Objects::nonNull)
            .toList();
  }
}
