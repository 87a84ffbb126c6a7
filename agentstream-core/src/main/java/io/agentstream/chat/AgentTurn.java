package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.chat.speaker.ModelAskException;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One agent's turn: calls the model, runs the requested tools, retries after a failure, and
 * publishes all events, including exactly one {@code StreamingComplete}. Everything happens in the
 * conversation's serial order.
 */
final class AgentTurn implements ModelCall.Listener {

  /** Receives the turn's results; implemented by the run that began the turn. */
  interface Owner {
    /**
     * Called when the turn has failed for good; returns true if the conversation ends because of
     * it.
     */
    boolean isFatal(String agentName, ErrorCode code, @Nullable ErrorCause cause);

    /** Called once, after the turn's last event. */
    void turnEnded(TurnOutcome outcome);
  }

  private static final Logger log = LoggerFactory.getLogger(AgentTurn.class);

  private final ConversationScope scope;
  private final Agent agent;
  private final Selection.Turn turn;
  private final String messageId;
  private final int round;
  private final @Nullable List<String> agentPath;
  private final List<Utterance> seen;
  private final Owner owner;
  private final Timeouts timeouts;
  private final TurnAttempts attempts;
  private final Map<String, ControlTool> controlTools = new LinkedHashMap<>();

  private final List<ChatMessage> prompt = new ArrayList<>();
  private final List<ChatMessage> exchange = new ArrayList<>();
  private final List<ToolCall> toolCalls = new ArrayList<>();
  private final Queue<CompletableFuture<String>> questions = new ConcurrentLinkedQueue<>();
  private final TurnText text;
  // Null while no call is in progress.
  private @Nullable ModelCallObservation calling;
  private int toolRounds;
  private @Nullable Usage usage;
  private @Nullable ModelCall call;
  private @Nullable ToolRound tools;
  private Alarm turnAlarm = () -> {};
  private Alarm retryAlarm = () -> {};
  private boolean over;

  AgentTurn(
      ConversationScope scope,
      Agent agent,
      Selection.Turn turn,
      int round,
      @Nullable List<String> agentPath,
      List<Utterance> seen,
      Owner owner) {
    this.scope = scope;
    this.agent = agent;
    this.turn = turn;
    this.messageId = scope.nextMessageId();
    this.round = round;
    this.agentPath = agentPath;
    this.seen = seen;
    this.owner = owner;
    this.timeouts = agent.timeouts() == null ? scope.chat.timeouts() : agent.timeouts();
    this.attempts = new TurnAttempts(agent);
    this.text = new TurnText(agent.name());
    turn.tools().forEach(tool -> controlTools.put(tool.specification().name(), tool));
  }

  String messageId() {
    return messageId;
  }

  void start() {
    scope.began(messageId, this);
    scope.events.publish(
        new SpeakerChange(messageId, agent.name(), round, agentPath, turn.reason()));
    turnAlarm = alarm(timeouts.agentResponse(), () -> abort(ModelFailure.TOO_SLOW));
    view().whenComplete((view, failure) -> scope.serial.execute(() -> onView(view, failure)));
  }

  private CompletionStage<List<ChatMessage>> view() {
    ContextWindow window = agent.contextWindow();
    return scope.userCode.call(
        window,
        // The window's result is checked too: it may be null or contain null.
        () -> window.view(seen, this::ask).thenApply(this::toPrompt),
        CompletableFuture::failedStage);
  }

  private List<ChatMessage> toPrompt(List<Utterance> view) {
    return Prompt.of(agent, view, turn.instruction());
  }

  /** Calls a model for the context window. Called from any thread. */
  private CompletionStage<String> ask(StreamingChatModel model, List<ChatMessage> messages) {
    CompletableFuture<String> question = scope.overhead.ask(model, messages);
    questions.add(question);
    return question;
  }

  /** Cuts the message short; its text so far is kept. Does nothing once the turn is over. */
  void stop(TurnFinishReason reason) {
    if (!over) {
      hangUp();
      finish(reason, null);
    }
  }

  private void onView(@Nullable List<ChatMessage> view, @Nullable Throwable failure) {
    if (over) {
      return;
    }
    if (view == null || failure != null) {
      finish(TurnFinishReason.ERROR, contextFailure(failure));
      return;
    }
    prompt.addAll(view);
    callModel();
  }

  private static ModelFailure contextFailure(@Nullable Throwable failure) {
    Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof ModelAskException asked) {
      return ModelFailure.internal(
          asked.code(), String.valueOf(asked.getMessage()), "its context window failed");
    }
    String type = cause == null ? "no result" : cause.getClass().getName();
    return ModelFailure.internal(
        ErrorCode.INTERNAL,
        "What the agent should see could not be put together.",
        "its context window failed with " + type);
  }

  private void callModel() {
    List<ChatMessage> messages = messages();
    if (!scope.bounds.beginCall(messages)) {
      return;
    }
    text.callBegins();
    ChatRequest request = request(messages);
    ModelCall next = new ModelCall(scope, attempts.model(), request, timeouts, this);
    next.thoughtsInText(agent.thoughtsInText());
    call = next;
    calling = scope.modelCalls.begin(messageId, attempts.model(), request);
    next.start();
  }

  private List<ChatMessage> messages() {
    List<ChatMessage> messages = new ArrayList<>(prompt);
    messages.addAll(exchange);
    return messages;
  }

  private ChatRequest request(List<ChatMessage> messages) {
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    if (agent.temperature() != null) {
      request.temperature(agent.temperature());
    }
    if (agent.maxTokens() != null) {
      request.maxOutputTokens(agent.maxTokens());
    }
    List<ToolSpecification> specifications = new ArrayList<>();
    agent.tools().values().stream()
        .map(AgentTool::specification)
        .filter(own -> !controlTools.containsKey(own.name()))
        .forEach(specifications::add);
    controlTools.values().forEach(tool -> specifications.add(tool.specification()));
    if (!specifications.isEmpty()) {
      request.toolSpecifications(specifications);
    }
    return request.build();
  }

  @Override
  public void onText(String piece) {
    publishText(text.length(), text.say(piece));
    int most = scope.chat.limits().maxAnswerChars();
    if (text.length() > most) {
      warning().log("Agent '{}': its answer passed the limit of {} characters", agent.name(), most);
      hangUp();
      finish(TurnFinishReason.LENGTH, null);
    }
  }

  @Override
  public void onThinking(String piece) {
    int offset = text.thinkingLength();
    String whole = text.think(piece);
    if (!whole.isEmpty()) {
      scope.events.publish(new StreamingThinking(messageId, offset, whole));
    }
    if (text.thinkingLength() > scope.chat.limits().maxAnswerChars() && call != null) {
      call.fail(ModelFailure.tooLong("its thinking", "max_answer_chars"));
    }
  }

  @Override
  public void onTextTakenBack(boolean thinking) {
    String thought = text.takeBackText();
    scope.events.publish(
        new MessageReset(
            messageId, text.length(), "The text so far was thinking.", text.thinkingOffset()));
    if (thinking) {
      onThinking(thought);
    }
  }

  @Override
  public void onAnswered(ChatResponse response) {
    ModelCallObservation observed = calling;
    calling = null;
    if (observed != null) {
      observed.answered(response);
    }
    publishText(text.length(), text.finish());
    count(TurnUsage.of(response, messages(), text.ofCall()));
    AiMessage answer = response.aiMessage();
    if (answer != null && answer.hasToolExecutionRequests()) {
      runTools(answer);
    } else {
      finish(finishReason(response.finishReason()), null);
    }
  }

  private void runTools(AiMessage answer) {
    if (++toolRounds > agent.maxToolRounds()) {
      warning().log("Agent '{}': its model goes on asking for tools", agent.name());
      finish(TurnFinishReason.TOOL_CALLS, null);
      return;
    }
    AiMessage asked = ToolExchange.replayable(answer, text.ofCall(), messageId, toolCalls.size());
    List<ToolExecutionRequest> requests = asked.toolExecutionRequests();
    List<ToolCall> events = new ArrayList<>();
    for (ToolExecutionRequest request : requests) {
      events.add(
          new ToolCall(
              messageId,
              "c" + (toolCalls.size() + events.size() + 1),
              request.name(),
              request.arguments() == null ? "" : request.arguments()));
    }
    toolCalls.addAll(events);
    ToolRound started =
        new ToolRound(
            scope, agent, messageId, timeouts, controlTools, results -> onTools(asked, results));
    tools = started;
    started.start(events, requests);
  }

  private void onTools(AiMessage asked, List<ToolExecutionResultMessage> results) {
    tools = null;
    exchange.add(ToolRound.repaired(asked));
    exchange.addAll(results);
    if (results.stream().anyMatch(result -> controlTools.containsKey(result.toolName()))) {
      finish(TurnFinishReason.TOOL_CALLS, null);
    } else {
      callModel();
    }
  }

  @Override
  public void onFailed(ModelFailure failure) {
    warning().log("Agent '{}' got no answer from its model: {}", agent.name(), failure.advice());
    Duration wait = attempts.after(failure);
    ModelCallObservation observed = countCut();
    if (observed != null) {
      observed.failed(failure, wait != null);
    }
    if (wait == null) {
      finish(TurnFinishReason.ERROR, failure);
    } else {
      retryAlarm = alarm(wait, this::retry);
    }
  }

  private void retry() {
    if (over) {
      return;
    }
    if (text.resetToCall()) {
      scope.events.publish(
          new MessageReset(
              messageId, text.length(), "The model is asked once more.", text.thinkingOffset()));
    }
    callModel();
  }

  private void abort(ModelFailure failure) {
    if (!over) {
      hangUp();
      warning().log("Agent '{}' was cut: {}", agent.name(), failure.advice());
      finish(TurnFinishReason.ERROR, failure);
    }
  }

  private void hangUp() {
    questions.forEach(scope.overhead::cancel);
    if (call != null) {
      call.cancel();
    }
    if (tools != null) {
      tools.cancel();
    }
  }

  private void finish(TurnFinishReason reason, @Nullable ModelFailure failure) {
    over = true;
    turnAlarm.cancel();
    retryAlarm.cancel();
    publishText(text.length(), text.finish());
    if (failure != null) {
      boolean fatal = owner.isFatal(agent.name(), failure.code(), failure.cause());
      scope.events.report(
          new ChatError(
              failure.code(),
              failure.message(),
              agent.name(),
              messageId,
              failure.retryable(),
              fatal,
              failure.cause()));
    }
    ModelCallObservation observed = countCut();
    if (observed != null && failure != null) {
      observed.failed(failure, false);
    } else if (observed != null) {
      observed.cancelled();
    }
    complete(reason);
  }

  private void complete(TurnFinishReason reason) {
    String content = text.toString();
    StreamingComplete complete =
        new StreamingComplete(
            messageId, agent.name(), round, content, content.length(), reason, usage);
    scope.ended(messageId);
    if (usage != null) {
      scope.usage.add(agent.name(), usage);
    }
    scope.events.publish(complete);
    String said = content.isBlank() ? "" : content;
    List<ChatMessage> done = said.isEmpty() ? ToolExchange.worthKnowing(exchange) : exchange;
    if (!said.isEmpty() || !done.isEmpty()) {
      NewMessage message =
          new NewMessage(messageId, NewMessage.Role.ASSISTANT, agent.name(), said, round);
      scope.remember(new Utterance(message, done));
    }
    owner.turnEnded(new TurnOutcome(complete, toolCalls));
  }

  /**
   * Counts a call that ends without usage from the model server; null if no call is in progress.
   */
  private @Nullable ModelCallObservation countCut() {
    ModelCallObservation observed = calling;
    if (observed != null) {
      calling = null;
      count(TurnUsage.estimate(messages(), text.ofCall()));
    }
    return observed;
  }

  private void count(Usage used) {
    usage = usage == null ? used : usage.plus(used);
    scope.bounds.used(used);
  }

  private void publishText(int offset, String token) {
    if (!token.isEmpty()) {
      scope.events.publish(new StreamingToken(messageId, offset, token));
    }
  }

  private LoggingEventBuilder warning() {
    return log.atWarn()
        .addKeyValue("conversation_id", scope.id)
        .addKeyValue("agent_name", agent.name());
  }

  private Alarm alarm(Duration delay, Runnable task) {
    return scope.clock.schedule(delay, task);
  }

  private TurnFinishReason finishReason(@Nullable FinishReason reason) {
    if (reason == null) {
      return agent.missingFinishReason();
    }
    return switch (reason) {
      case STOP, OTHER -> TurnFinishReason.STOP;
      case LENGTH -> TurnFinishReason.LENGTH;
      case TOOL_EXECUTION -> TurnFinishReason.TOOL_CALLS;
      case CONTENT_FILTER -> TurnFinishReason.CONTENT_FILTER;
    };
  }
}
