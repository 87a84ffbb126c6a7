package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.exception.ToolArgumentsException;
import io.agentstream.chat.InputDesk.Question;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.event.InputKind;
import io.agentstream.event.ToolResult;
import io.agentstream.internal.PlainText;
import io.agentstream.internal.UserCode;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.upstream.ToolArguments;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One tool call. It runs on the chat's executor, after it has been recorded, and has exactly one
 * result. The state is used only in the conversation's serial order.
 */
final class CallInProgress {

  static final List<String> APPROVAL_CHOICES = List.of("approve", "deny");
  static final List<String> INTERRUPTED_CHOICES = List.of("happened", "not_happened", "call_again");

  private static final String UNREADABLE =
      "The tool was not called: its arguments are no whole JSON object, perhaps since the answer was"
          + " cut off. Call it again, with shorter arguments.";
  private static final String UNKNOWN = "There is no tool of this name.";
  private static final String FAILED = "The tool failed.";
  private static final String NOT_RECORDED =
      "The tool was not called, because the call could not be recorded.";
  private static final String INTERRUPTED =
      "The call was interrupted. Nobody knows whether it happened.";
  private static final String HAPPENED =
      "The call was interrupted. A person says that it happened; its result is lost.";
  private static final String NOT_HAPPENED =
      "The call was interrupted. A person says that it did not happen.";

  private static final Logger log = LoggerFactory.getLogger(CallInProgress.class);

  private final TurnTools turn;
  private final ConversationScope scope;
  private final Agent agent;
  private final String callId;
  private final ToolExecutionRequest request;
  private final boolean readable;
  private final Runnable onOver;
  // Not null once the tool may have been called, by this process or by another one.
  private @Nullable String key;
  private boolean interrupted;
  private @Nullable String result;
  private boolean isError;
  private @Nullable FutureTask<?> task;
  private @Nullable String questionId;
  private Alarm alarm = () -> {};

  /**
   * @param onOver called once, when the call has its result
   */
  CallInProgress(TurnTools turn, String callId, ToolExecutionRequest request, Runnable onOver) {
    this.turn = turn;
    this.scope = turn.scope();
    this.agent = turn.agent();
    this.callId = callId;
    this.request = ToolExchange.repaired(request);
    this.readable = ToolArguments.read(request.arguments()) != null;
    this.onOver = onOver;
  }

  /** Takes over what another process knew of it. */
  void restore(BegunTurn.Call left) {
    key = left.key();
    result = left.result();
    isError = left.isError();
    interrupted = key != null && result == null;
  }

  BegunTurn.Call toState() {
    return new BegunTurn.Call(key, result, isError);
  }

  boolean isOver() {
    return result != null;
  }

  void begin() {
    ControlTool control = turn.controlTools().get(request.name());
    AgentTool tool = turn.tool(request.name());
    if (isOver()) {
      return;
    }
    if (interrupted) {
      settle();
    } else if (control != null) {
      finish(control.result(), false);
    } else if (tool == null) {
      finish(UNKNOWN, true);
    } else if (!readable) {
      finish(UNREADABLE, true);
    } else {
      runOrAsk(tool);
    }
  }

  private void runOrAsk(AgentTool tool) {
    Runnable next =
        scope.userCode.call(
            "The approval rule of agent '" + agent.name() + "'",
            () -> turn.needsApproval(tool, request) ? () -> askFor(tool) : () -> run(tool),
            failure -> () -> ruleFailed("whether a call needs approval", failure));
    next.run();
  }

  /** Decides what becomes of a call that another process has left without a result. */
  private void settle() {
    Runnable next =
        scope.userCode.call(
            "The rule of agent '" + agent.name() + "' for interrupted calls",
            () -> settling(Objects.requireNonNull(turn.interruptedCall(request), "policy")),
            failure -> () -> ruleFailed("what becomes of an interrupted call", failure));
    next.run();
  }

  private Runnable settling(InterruptedCallPolicy policy) {
    return switch (policy) {
      case CALL_AGAIN -> this::callAgain;
      case FAIL -> () -> finish(INTERRUPTED, true);
      case ASK -> this::askWhetherItHappened;
    };
  }

  private void callAgain() {
    AgentTool tool = turn.tool(request.name());
    if (tool == null) {
      finish(UNKNOWN, true);
    } else {
      run(tool);
    }
  }

  private void askWhetherItHappened() {
    ask(
        InputKind.INTERRUPTED_CALL,
        agent.name()
            + " was calling "
            + request.name()
            + " when the server stopped. Did the call happen?",
        INTERRUPTED_CHOICES,
        answer -> {
          if ("call_again".equals(answer)) {
            callAgain();
          } else if ("happened".equals(answer)) {
            finish(HAPPENED, false);
          } else {
            finish(answer == null ? INTERRUPTED : NOT_HAPPENED, true);
          }
        });
  }

  private void askFor(AgentTool tool) {
    ask(
        InputKind.APPROVAL,
        "May " + agent.name() + " call " + request.name() + "?",
        APPROVAL_CHOICES,
        answer -> {
          if ("approve".equals(answer)) {
            run(tool);
          } else {
            finish("The call was not approved.", true);
          }
        });
  }

  private void ask(
      InputKind kind, String prompt, List<String> choices, Consumer<@Nullable String> onAnswer) {
    AgentTool tool = turn.tool(request.name());
    // A tool that is gone may have been the owner's.
    boolean ownerOnly = tool == null || tool.ownerDecides();
    questionId =
        scope.inputs.request(
            new Question(
                kind, agent.name(), turn.messageId(), callId, prompt, choices, null, ownerOnly),
            answer -> onAnswer.accept(answer == null ? null : answer.content()));
  }

  private void ruleFailed(String rule, Throwable failure) {
    logged(log.atError(), failure).log("Agent '{}': {} failed", agent.name(), rule);
    finish(FAILED, true);
  }

  /** Runs the tool once it is on record that it may have been called. */
  private void run(AgentTool tool) {
    String used = key == null ? RandomId.next() : key;
    key = used;
    FutureTask<?> running = new FutureTask<>(() -> execute(tool, used), null);
    task = running;
    alarm =
        scope.clock.schedule(turn.timeouts().toolCall(), () -> giveUp("The tool took too long."));
    CompletionStage<Void> unused =
        scope
            .record()
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    scope.executor.execute(
                        running, refusal -> scope.serial.execute(() -> refused(refusal)));
                  } else {
                    scope.serial.execute(() -> notRecorded(failure));
                  }
                });
  }

  private void notRecorded(Throwable failure) {
    logged(log.atWarn(), failure)
        .log("Agent '{}': a call of {} was not recorded", agent.name(), request.name());
    finish(NOT_RECORDED, true);
  }

  private void refused(Throwable refusal) {
    logged(log.atError(), refusal)
        .log("Agent '{}': the chat's executor does not take tool {}", agent.name(), request.name());
    finish(FAILED, true);
  }

  private void execute(AgentTool tool, String idempotencyKey) {
    try {
      AgentTool.Result done = tool.execute(request, scope.id, idempotencyKey);
      scope.serial.execute(() -> finish(done.text(), done.isError()));
    } catch (ToolArgumentsException e) {
      scope.serial.execute(() -> finish("The arguments are not what the tool takes.", true));
    } catch (Throwable e) {
      UserCode.caught(e);
      // With the stack trace, because the code is the user's own; the model and the wire never
      // see it.
      logged(log.atWarn(), e).log("Agent '{}': tool {} failed", agent.name(), request.name());
      scope.serial.execute(() -> finish(FAILED, true));
    }
  }

  private LoggingEventBuilder logged(LoggingEventBuilder event, Throwable cause) {
    return event
        .addKeyValue("conversation_id", scope.id)
        .addKeyValue("agent_name", agent.name())
        .setCause(cause);
  }

  private void giveUp(String why) {
    if (!isOver()) {
      interrupt();
      finish(why, true);
    }
  }

  void cancel() {
    if (!isOver()) {
      if (questionId != null) {
        scope.inputs.withdraw(questionId);
      }
      interrupt();
      finish("The call was stopped.", true);
    }
  }

  private void interrupt() {
    if (task != null) {
      task.cancel(true);
    }
  }

  private void finish(String text, boolean failed) {
    if (isOver()) {
      return;
    }
    alarm.cancel();
    result = PlainText.cut(text, scope.rules.limits().maxToolResultChars());
    isError = failed;
    publishResult();
    onOver.run();
  }

  /** Publishes the result if there is one. */
  void publishResult() {
    if (result != null) {
      scope.events.publish(new ToolResult(turn.messageId(), callId, result, isError));
    }
  }

  ToolExecutionResultMessage message() {
    return ToolExchange.result(request, result, turn.controlTools().containsKey(request.name()));
  }
}
