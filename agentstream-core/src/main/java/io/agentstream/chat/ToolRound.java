package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.exception.ToolArgumentsException;
import io.agentstream.chat.InputDesk.Question;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.event.InputKind;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.internal.PlainText;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.upstream.ToolArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tool calls of one answer. They run concurrently on the chat's executor, each has exactly one
 * result, and the owner is notified when all have one. The state is used only in the conversation's
 * serial order.
 */
final class ToolRound {

  static final List<String> APPROVAL_CHOICES = List.of("approve", "deny");

  private static final String UNREADABLE =
      "The tool was not called: its arguments are no whole JSON object, perhaps since the answer was"
          + " cut off. Call it again, with shorter arguments.";

  private static final Logger log = LoggerFactory.getLogger(ToolRound.class);

  private final ConversationScope scope;
  private final Agent agent;
  private final String messageId;
  private final Timeouts timeouts;
  private final Map<String, ControlTool> controlTools;
  private final Consumer<List<ToolExecutionResultMessage>> onDone;
  private final List<Call> calls = new ArrayList<>();
  private int unfinished;
  private boolean cancelled;

  ToolRound(
      ConversationScope scope,
      Agent agent,
      String messageId,
      Timeouts timeouts,
      Map<String, ControlTool> controlTools,
      Consumer<List<ToolExecutionResultMessage>> onDone) {
    this.scope = scope;
    this.agent = agent;
    this.messageId = messageId;
    this.timeouts = timeouts;
    this.controlTools = controlTools;
    this.onDone = onDone;
  }

  /** Publishes all calls and begins them. */
  void start(List<ToolCall> events, List<ToolExecutionRequest> requests) {
    for (int i = 0; i < requests.size(); i++) {
      calls.add(new Call(events.get(i).callId(), requests.get(i)));
    }
    unfinished = calls.size();
    events.forEach(scope.events::publish);
    // All calls are registered first, because a call may end at once.
    for (Call call : List.copyOf(calls)) {
      if (!cancelled) {
        call.begin();
      }
    }
  }

  /** Gives every unfinished call a result that says so, and interrupts running calls. */
  void cancel() {
    cancelled = true;
    calls.forEach(Call::cancel);
  }

  /**
   * Returns {@code answer} with arguments that may be sent back: servers refuse a request that
   * repeats arguments which are no JSON object.
   */
  static AiMessage repaired(AiMessage answer) {
    List<ToolExecutionRequest> requests =
        answer.toolExecutionRequests().stream().map(ToolRound::repaired).toList();
    return requests.equals(answer.toolExecutionRequests())
        ? answer
        : answer.toBuilder().toolExecutionRequests(requests).build();
  }

  private static ToolExecutionRequest repaired(ToolExecutionRequest request) {
    String arguments = ToolArguments.asObject(request.arguments());
    return arguments.equals(request.arguments())
        ? request
        : request.toBuilder().arguments(arguments).build();
  }

  private final class Call {
    private final String callId;
    private final ToolExecutionRequest request;
    private final boolean readable;
    private @Nullable String result;
    private @Nullable FutureTask<?> task;
    private @Nullable String approvalId;
    private Alarm alarm = () -> {};

    Call(String callId, ToolExecutionRequest request) {
      this.callId = callId;
      this.request = repaired(request);
      this.readable = ToolArguments.read(request.arguments()) != null;
    }

    void begin() {
      ControlTool control = controlTools.get(request.name());
      AgentTool tool = agent.tools().get(request.name());
      if (control != null) {
        finish(control.result(), false);
      } else if (tool == null) {
        finish("There is no tool of this name.", true);
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
              () -> agent.needsApproval(request) ? () -> askFor(tool) : () -> run(tool),
              failure -> () -> ruleFailed(failure));
      next.run();
    }

    private void ruleFailed(Throwable failure) {
      log.atError()
          .addKeyValue("conversation_id", scope.id)
          .addKeyValue("agent_name", agent.name())
          .setCause(failure)
          .log("Agent '{}': whether a call needs approval failed", agent.name());
      finish("The tool failed.", true);
    }

    private void askFor(AgentTool tool) {
      approvalId =
          scope.inputs.request(
              new Question(
                  InputKind.APPROVAL,
                  agent.name(),
                  messageId,
                  callId,
                  "May " + agent.name() + " call " + request.name() + "?",
                  APPROVAL_CHOICES),
              answer -> {
                if ("approve".equals(answer)) {
                  run(tool);
                } else {
                  finish("The call was not approved.", true);
                }
              });
    }

    private void run(AgentTool tool) {
      FutureTask<?> running = new FutureTask<>(() -> execute(tool), null);
      task = running;
      alarm = scope.clock.schedule(timeouts.toolCall(), () -> giveUp("The tool took too long."));
      scope.executor.execute(
          running, refusal -> scope.serial.execute(() -> refused(request.name(), refusal)));
    }

    private void refused(String tool, Throwable refusal) {
      log.atError()
          .addKeyValue("conversation_id", scope.id)
          .addKeyValue("agent_name", agent.name())
          .setCause(refusal)
          .log("Agent '{}': the chat's executor does not take tool {}", agent.name(), tool);
      finish("The tool failed.", true);
    }

    private void execute(AgentTool tool) {
      try {
        String text = tool.executor().execute(request, scope.id);
        scope.serial.execute(() -> finish(text == null ? "" : text, false));
      } catch (ToolArgumentsException e) {
        scope.serial.execute(() -> finish("The arguments are not what the tool takes.", true));
      } catch (Throwable e) {
        UserCode.caught(e);
        // With the stack trace, because the code is the user's own; the model and the wire never
        // see it.
        log.atWarn()
            .addKeyValue("conversation_id", scope.id)
            .addKeyValue("agent_name", agent.name())
            .setCause(e)
            .log("Agent '{}': tool {} failed", agent.name(), request.name());
        scope.serial.execute(() -> finish("The tool failed.", true));
      }
    }

    private void giveUp(String why) {
      if (result == null) {
        interrupt();
        finish(why, true);
      }
    }

    void cancel() {
      if (result == null) {
        if (approvalId != null) {
          scope.inputs.withdraw(approvalId);
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

    private void finish(String text, boolean isError) {
      if (result != null) {
        return;
      }
      alarm.cancel();
      String bounded = bounded(text);
      result = bounded;
      scope.events.publish(new ToolResult(messageId, callId, bounded, isError));
      if (--unfinished == 0 && !cancelled) {
        onDone.accept(calls.stream().map(Call::message).toList());
      }
    }

    private ToolExecutionResultMessage message() {
      return ToolExchange.result(request, result, controlTools.containsKey(request.name()));
    }

    private String bounded(String text) {
      return PlainText.cut(text, scope.chat.limits().maxToolResultChars());
    }
  }
}
