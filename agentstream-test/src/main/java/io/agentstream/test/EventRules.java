package io.agentstream.test;

import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the events of one conversation against the section on events in {@code docs/protocol.md}.
 * {@link TurnRules} checks a single message.
 */
final class EventRules implements StreamListener {

  /** A violation of a rule. */
  record Violation(Rule rule, int position, String what) {
    @Override
    public String toString() {
      return "#" + position + " " + rule + ": " + what;
    }
  }

  private enum Phase {
    NEW,
    CREATED,
    RUNNING,
    ENDED
  }

  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> messageIds = new HashSet<>();
  private final Map<String, TurnRules> open = new LinkedHashMap<>();
  private final Set<String> inputIds = new HashSet<>();
  private final Set<String> openInputs = new LinkedHashSet<>();
  private final Map<String, Usage> usage = new LinkedHashMap<>();
  private final QueueRules queue = new QueueRules(what -> broken(Rule.QUEUE, what));
  private final RosterRules roster = new RosterRules(what -> broken(Rule.ROSTER, what));
  private Phase phase = Phase.NEW;
  private int position;
  private int run;
  private int speakers;
  private int messages;
  private boolean restored;
  private boolean paused;
  private boolean failed;
  private boolean fatal;
  private boolean timedOut;
  private @Nullable ConversationCreated created;
  private @Nullable NewMessage due;

  private EventRules() {}

  /** Returns the violations, in order. */
  static List<Violation> check(List<? extends ChatEvent> events) {
    EventRules rules = new EventRules();
    events.forEach(rules::onEvent);
    return rules.violations;
  }

  @Override
  public void onEvent(ChatEvent event) {
    position++;
    if (due != null && !(event instanceof NewMessage)) {
      broken(Rule.CONTENT, "the message " + due.messageId() + " does not follow its completion");
      due = null;
    }
    boolean inRun =
        phase == Phase.RUNNING || (phase == Phase.ENDED && event instanceof RosterChanged);
    if (!(event instanceof ConversationCreated || event instanceof ConversationStarted) && !inRun) {
      broken(Rule.RUNS, event.type() + " outside of a run");
    }
    event.deliverTo(queue);
    event.deliverTo(roster);
    event.deliverTo(this);
  }

  @Override
  public void onConversationCreated(ConversationCreated event) {
    expect(Rule.RUNS, phase == Phase.NEW, "the conversation is created twice");
    created = event;
    // A later epoch begins with the earlier messages and their usage.
    restored = event.epoch() > 1;
    phase = Phase.CREATED;
  }

  @Override
  public void onConversationStarted(ConversationStarted event) {
    expect(
        Rule.RUNS,
        phase == Phase.CREATED || phase == Phase.ENDED,
        "a run starts before the last one ended, or before the conversation is created");
    expect(
        Rule.RUNS,
        event.run() == run + 1 || (run == 0 && restored),
        "run " + event.run() + " follows run " + run);
    // A restored end does not repeat its reason.
    failed = restored && run == 0;
    run = event.run();
    phase = Phase.RUNNING;
    paused = false;
    fatal = false;
  }

  @Override
  public void onSpeakerChange(SpeakerChange event) {
    speakers++;
    newMessageId(event.messageId());
    expect(Rule.PAUSES, !paused, event.agentName() + " takes the floor in a pause");
    expect(Rule.TURNS, event.round() >= 1, "round " + event.round() + " of a turn");
    checkName(event);
    open.put(event.messageId(), new TurnRules(event, this::broken));
  }

  private void checkName(SpeakerChange event) {
    List<String> path = event.agentPath();
    boolean isNested = path != null;
    if (path == null) {
      path = List.of(event.agentName());
      expect(
          Rule.TURNS,
          created == null || event.round() <= created.maxRounds(),
          "round " + event.round() + " is past the last");
    }
    expect(
        Rule.TURNS,
        path.size() > 0
            && path.get(path.size() - 1).equals(event.agentName())
            && (created == null || roster.mayBegin(path.get(0), isNested, open.isEmpty())),
        event.agentName() + " is no participant");
  }

  @Override
  public void onStreamingToken(StreamingToken event) {
    turn(event.messageId(), event, turn -> turn.token(event));
  }

  @Override
  public void onStreamingThinking(StreamingThinking event) {
    turn(event.messageId(), event, turn -> turn.thinking(event));
  }

  @Override
  public void onMessageReset(MessageReset event) {
    turn(event.messageId(), event, turn -> turn.reset(event));
  }

  @Override
  public void onToolCall(ToolCall event) {
    turn(event.messageId(), event, turn -> turn.toolCall(event));
  }

  @Override
  public void onToolResult(ToolResult event) {
    turn(event.messageId(), event, turn -> turn.toolResult(event));
  }

  @Override
  public void onStreamingComplete(StreamingComplete event) {
    turn(event.messageId(), event, turn -> due = turn.complete(event));
    open.remove(event.messageId());
    if (event.usage() != null) {
      usage.merge(event.agentName(), event.usage(), Usage::plus);
    }
  }

  private void turn(String messageId, ChatEvent event, Consumer<TurnRules> check) {
    TurnRules turn = open.get(messageId);
    if (turn == null) {
      broken(Rule.TURNS, event.type() + " for " + messageId + ", which is not being spoken");
    } else {
      check.accept(turn);
    }
  }

  @Override
  public void onNewMessage(NewMessage event) {
    messages++;
    expect(Rule.CONTENT, !event.content().isEmpty(), "an empty message");
    if (messages == 1 && created != null) {
      expect(
          Rule.CONTENT,
          event.role() == NewMessage.Role.USER
              && event.content().equals(created.topic())
              && event.round() == 0,
          "the first message is not the topic");
    }
    if (event.role() == NewMessage.Role.USER) {
      newMessageId(event.messageId());
    } else if (due == null && speakers == 0 && restored) {
      newMessageId(event.messageId());
    } else {
      expect(
          Rule.CONTENT, event.equals(due), "expected the message " + due + " but found " + event);
      due = null;
    }
  }

  @Override
  public void onInputRequested(InputRequested event) {
    expect(Rule.IDS, inputIds.add(event.requestId()), event.requestId() + " is used twice");
    openInputs.add(event.requestId());
  }

  @Override
  public void onInputResolved(InputResolved event) {
    expect(
        Rule.INPUTS,
        openInputs.remove(event.requestId()),
        event.requestId() + " is resolved but not open");
    boolean byTimeout = event.by() == InputResolved.By.TIMEOUT;
    expect(Rule.INPUTS, byTimeout == timedOut, "input_timeout and its resolution do not pair");
    timedOut = false;
  }

  @Override
  public void onConversationPaused(ConversationPaused event) {
    expect(Rule.PAUSES, !paused, "a pause in a pause");
    paused = true;
  }

  @Override
  public void onConversationUnpaused(ConversationUnpaused event) {
    expect(Rule.PAUSES, paused, "a pause ends that never began");
    paused = false;
  }

  @Override
  public void onError(ChatError event) {
    failed = true;
    fatal |= event.fatal();
    timedOut |= event.code() == ErrorCode.INPUT_TIMEOUT;
    String messageId = event.messageId();
    if (messageId != null) {
      turn(messageId, event, TurnRules::error);
    }
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    expect(Rule.TURNS, open.isEmpty(), "still speaking at the end: " + open.keySet());
    expect(Rule.INPUTS, openInputs.isEmpty(), "still open at the end: " + openInputs);
    expect(
        Rule.ERRORS,
        failed || event.reason() != EndReason.FAILED,
        "the run failed but no error says why");
    expect(
        Rule.ERRORS,
        !fatal || (event.reason() != EndReason.MAX_ROUNDS && event.reason() != EndReason.COMPLETED),
        "the run ended with " + event.reason() + " after an error that was called fatal");
    expect(
        Rule.USAGE,
        restored || event.usage().byAgent().equals(usage),
        "used by agents: " + event.usage().byAgent() + ", by their turns: " + usage);
    open.clear();
    openInputs.clear();
    phase = Phase.ENDED;
  }

  private void newMessageId(String id) {
    expect(Rule.IDS, messageIds.add(id), "the message id " + id + " is used twice");
  }

  private void expect(Rule rule, boolean holds, String otherwise) {
    if (!holds) {
      broken(rule, otherwise);
    }
  }

  private void broken(Rule rule, String what) {
    violations.add(new Violation(rule, position, what));
  }
}
