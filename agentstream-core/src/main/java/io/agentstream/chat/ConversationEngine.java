package io.agentstream.chat;

import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.Usage;
import io.agentstream.time.ChatClock.Alarm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one conversation: who speaks next, what is remembered, and when it ends. Its methods may be
 * called from any thread; its state is touched in the serial order only.
 */
final class ConversationEngine implements AgentTurn.Owner {

  private static final Logger log = LoggerFactory.getLogger(ConversationEngine.class);

  private final GroupChat chat;
  private final String id;
  private final long epoch;
  private final String topic;
  private final EventFanout events;
  private final SerialExecutor serial = new SerialExecutor(this::onDefect);
  private final CompletableFuture<ChatResult> result = new CompletableFuture<>();

  private final History history = new History();
  private final Map<String, Usage> usage = new LinkedHashMap<>();
  private RoundRobin speakers;
  private @Nullable AgentTurn turn;
  private Alarm alarm = () -> {};
  private int messages;
  private boolean ended;

  ConversationEngine(GroupChat chat, String id, long epoch, String topic, EventFanout events) {
    this.chat = chat;
    this.id = id;
    this.epoch = epoch;
    this.topic = topic;
    this.events = events;
    this.speakers = RoundRobin.over(chat.participants().size());
  }

  void start() {
    serial.execute(this::begin);
  }

  void stop() {
    serial.execute(() -> end(EndReason.STOPPED, null));
  }

  CompletableFuture<ChatResult> result() {
    return result.copy();
  }

  private void begin() {
    events.publish(
        new ConversationCreated(
            epoch,
            topic,
            chat.participants().stream().map(Agent::name).toList(),
            chat.speakerSelection(),
            chat.maxRounds()));
    events.publish(new ConversationStarted(1));
    remember(new NewMessage(nextMessageId(), NewMessage.Role.USER, NewMessage.USER, topic, 0));
    alarm =
        chat.clock()
            .schedule(
                chat.timeouts().conversation(),
                () -> serial.execute(() -> end(EndReason.TIMEOUT, null)));
    nextTurn();
  }

  private void nextTurn() {
    int round = speakers.round();
    if (round > chat.maxRounds()) {
      end(EndReason.MAX_ROUNDS, null);
      return;
    }
    Agent agent = chat.participants().get(speakers.index());
    speakers = speakers.next();
    String messageId = nextMessageId();
    events.publish(new SpeakerChange(messageId, agent.name(), round, null));
    turn =
        new AgentTurn(chat, agent, messageId, round, history.asSeenBy(agent), serial, events, this);
    turn.start();
  }

  @Override
  public void turnEnded(StreamingComplete complete, @Nullable ModelFailure failure) {
    turn = null;
    if (complete.usage() != null) {
      usage.merge(complete.agentName(), complete.usage(), Usage::plus);
    }
    if (complete.length() > 0) {
      remember(
          new NewMessage(
              complete.messageId(),
              NewMessage.Role.ASSISTANT,
              complete.agentName(),
              complete.fullContent(),
              complete.round()));
    }
    if (ended) {
      return;
    }
    if (failure != null) {
      end(EndReason.FAILED, failure.message());
    } else {
      nextTurn();
    }
  }

  private void end(EndReason reason, @Nullable String detail) {
    if (ended) {
      return;
    }
    ended = true;
    alarm.cancel();
    if (turn != null) {
      turn.stop();
    }
    ConversationUsage total = ConversationUsage.of(usage);
    events.publish(new ConversationEnded(reason, detail, total));
    complete(new ChatResult(id, reason, detail, history.messages(), total));
  }

  private void complete(ChatResult value) {
    try {
      chat.executor().execute(() -> result.complete(value));
    } catch (RejectedExecutionException e) {
      result.complete(value);
    }
  }

  private void remember(NewMessage message) {
    history.add(message);
    events.publish(message);
  }

  private String nextMessageId() {
    return "m" + ++messages;
  }

  /** A defect of ours or of an {@link Error}'s kind must not leave viewers waiting for ever. */
  private void onDefect(Throwable defect) {
    log.error("Conversation {} failed by a defect", id, defect);
    if (!ended) {
      events.publish(
          new ChatError(
              ErrorCode.INTERNAL, "The conversation failed by a defect.", null, null, false, true));
      end(EndReason.FAILED, null);
    }
  }
}
