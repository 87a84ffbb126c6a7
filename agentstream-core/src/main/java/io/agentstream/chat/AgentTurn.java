package io.agentstream.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One agent's turn: calls the model, runs the requested tools, retries after a failure, and
 * publishes all events, including exactly one {@code StreamingComplete}. Everything happens in the
 * conversation's serial order.
 */
final class AgentTurn implements ModelCall.Listener, ConversationScope.Speaker {

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
  private final Floor floor;
  private final String messageId;
  private final Owner owner;
  private final Timeouts timeouts;
  private final TurnAttempts attempts;
  private final TurnExchange exchange;
  private final TurnCount count;
  private final TurnText text;
  private final TurnSpeech speech;
  private final TurnRounds rounds;
  private final TurnPreparation preparation;
  private Alarm turnAlarm = () -> {};
  private @Nullable Author stoppedBy;
  private TurnPhase phase = new TurnPhase.Preparing();

  AgentTurn(ConversationScope scope, Agent agent, Floor floor, Owner owner) {
    this.scope = scope;
    this.agent = agent;
    this.floor = floor;
    this.messageId = scope.nextMessageId();
    this.owner = owner;
    this.timeouts = Objects.requireNonNullElse(agent.modelUse().timeouts(), scope.rules.timeouts());
    this.attempts = new TurnAttempts(agent);
    this.exchange = new TurnExchange(agent, messageId, floor);
    this.count = new TurnCount(scope, messageId);
    this.text = new TurnText(agent.name());
    this.speech = new TurnSpeech(scope.events, messageId, text, agent.modelUse().thinkingShown());
    this.preparation = new TurnPreparation(scope, agent, floor);
    this.rounds =
        new TurnRounds(
            new TurnTools(scope, agent, messageId, timeouts, preparation, exchange.controlTools()),
            exchange,
            text,
            count,
            this::onTools);
  }

  void start() {
    scope.began(messageId, this);
    scope.events.publish(
        new SpeakerChange(
            messageId, agent.name(), floor.round(), floor.agentPath(), floor.turn().reason()));
    turnAlarm = alarm(timeouts.agentResponse(), () -> abort(ModelFailure.TOO_SLOW));
    ToolRound left = floor.begun() == null ? null : rounds.resume(floor.begun());
    if (left != null) {
      phase = new TurnPhase.UsingTools(left);
    }
    CompletionStage<?> unused =
        preparation
            .begin(timeouts.toolCall())
            .whenComplete((view, failure) -> scope.serial.execute(() -> onPrepared(view, failure)));
  }

  /** Cuts the message short. Nobody is known who wants it. */
  void stop(TurnFinishReason reason) {
    stop(reason, null);
  }

  @Override
  public void stop(TurnFinishReason reason, @Nullable Author by) {
    if (!isOver()) {
      stoppedBy = by;
      hangUp();
      finish(reason, null);
    }
  }

  private void onPrepared(@Nullable List<ChatMessage> view, @Nullable Throwable failure) {
    if (isOver()) {
      return;
    }
    if (view == null || failure != null) {
      ModelFailure why = ModelFailure.ofPreparation(failure);
      warning().log("Agent '{}' could not begin its turn: {}", agent.name(), why.advice());
      hangUp();
      finish(TurnFinishReason.ERROR, why);
      return;
    }
    exchange.begin(view);
    if (phase instanceof TurnPhase.UsingTools left) {
      left.tools().begin();
    } else {
      callModel();
    }
  }

  /** Returns what another process needs to continue it; null if it would begin the turn again. */
  @Nullable BegunTurn toState() {
    return isOver() ? null : rounds.toState();
  }

  private boolean isOver() {
    return phase instanceof TurnPhase.Over;
  }

  private void callModel() {
    if (exchange.hasCalledTools()) {
      scope.toolBoundary();
      exchange.hear(scope.history);
    }
    List<ChatMessage> messages = exchange.messages();
    if (!scope.bounds.beginCall(messages)) {
      return;
    }
    text.callBegins();
    ChatRequest request = exchange.request(messages, preparation.tools().values());
    ModelCall call = new ModelCall(scope, attempts.model(), request, timeouts, this);
    call.thoughtsInText(agent.modelUse().thoughtsInText());
    phase = new TurnPhase.Calling(call);
    count.begins(attempts.model(), request);
    call.start();
  }

  @Override
  public void onText(String piece) {
    speech.say(piece);
    int most = scope.rules.limits().maxAnswerChars();
    if (text.length() > most) {
      warning().log("Agent '{}': its answer passed the limit of {} characters", agent.name(), most);
      hangUp();
      finish(TurnFinishReason.LENGTH, null);
    }
  }

  @Override
  public void onThinking(String piece) {
    speech.think(piece);
    if (speech.thinkingLength() > scope.rules.limits().maxAnswerChars()
        && phase instanceof TurnPhase.Calling calling) {
      calling.call().fail(ModelFailure.tooLong("its thinking", "max_answer_chars"));
    }
  }

  @Override
  public void onTextTakenBack(boolean thinking) {
    String thought = speech.takeBackText();
    if (thinking) {
      onThinking(thought);
    }
  }

  @Override
  public void onAnswered(ChatResponse response) {
    count.observe(response);
    speech.finish();
    count.answered(response, text.ofCall());
    AiMessage answer = response.aiMessage();
    if (answer != null && answer.hasToolExecutionRequests()) {
      runTools(answer);
    } else {
      finish(finishReason(response.finishReason()), null);
    }
  }

  private void runTools(AiMessage answer) {
    if (!exchange.mayUseTools()) {
      warning().log("Agent '{}': its model keeps requesting tools", agent.name());
      finish(TurnFinishReason.TOOL_CALLS, null);
      return;
    }
    ToolRound tools = rounds.next(exchange.replayable(answer, text.ofCall()));
    phase = new TurnPhase.UsingTools(tools);
    tools.begin();
  }

  private void onTools(AiMessage asked, List<ToolExecutionResultMessage> results) {
    if (exchange.answered(asked, results)) {
      finish(TurnFinishReason.TOOL_CALLS, null);
    } else {
      callModel();
    }
  }

  @Override
  public void onFailed(ModelFailure failure) {
    boolean tooLong = attempts.isAskedTooMuch(failure);
    String delay =
        tooLong ? "; it asks for a longer delay than the agent's retry policy allows" : "";
    warning()
        .log(
            "Agent '{}' got no answer from its model: {}{}", agent.name(), failure.advice(), delay);
    Duration wait = attempts.after(failure);
    count.cut(failure, wait != null, text::ofCall);
    if (wait == null) {
      finish(TurnFinishReason.ERROR, failure);
    } else {
      phase = new TurnPhase.WaitingToRetry(alarm(wait, this::retry));
    }
  }

  private void retry() {
    if (isOver()) {
      return;
    }
    speech.takeBackCall();
    callModel();
  }

  private void abort(ModelFailure failure) {
    if (!isOver()) {
      hangUp();
      warning().log("Agent '{}' was cut: {}", agent.name(), failure.advice());
      finish(TurnFinishReason.ERROR, failure);
    }
  }

  private void hangUp() {
    preparation.cancel();
    phase.stop();
  }

  private void finish(TurnFinishReason reason, @Nullable ModelFailure failure) {
    phase = new TurnPhase.Over();
    turnAlarm.cancel();
    preparation.end();
    speech.finish();
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
    count.cut(failure, false, text::ofCall);
    complete(reason);
  }

  private void complete(TurnFinishReason reason) {
    String content = text.toString();
    int round = floor.round();
    Usage usage = count.usage();
    StreamingComplete complete =
        new StreamingComplete(
            messageId, agent.name(), round, content, content.length(), reason, usage, stoppedBy);
    scope.ended(messageId);
    if (usage != null) {
      scope.usage.add(agent.name(), usage);
    }
    scope.events.publish(complete);
    String said = content.isBlank() ? "" : content;
    List<ChatMessage> done = exchange.remembered(!said.isEmpty());
    if (!said.isEmpty() || !done.isEmpty()) {
      NewMessage message =
          new NewMessage(messageId, NewMessage.Role.ASSISTANT, agent.name(), said, round);
      scope.remember(new Utterance(message, done));
    }
    owner.turnEnded(new TurnOutcome(complete, exchange.toolCalls()));
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
      return agent.modelUse().missingFinishReason();
    }
    return switch (reason) {
      case STOP, OTHER -> TurnFinishReason.STOP;
      case LENGTH -> TurnFinishReason.LENGTH;
      case TOOL_EXECUTION -> TurnFinishReason.TOOL_CALLS;
      case CONTENT_FILTER -> TurnFinishReason.CONTENT_FILTER;
    };
  }
}
