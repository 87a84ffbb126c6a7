package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open questions to people. Used in the conversation's serial order only. */
final class InputDesk {

  /** Always writes milliseconds, which {@code Instant.toString} omits if they are 0. */
  private static final DateTimeFormatter EXPIRES_AT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final ChatClock clock;
  private final SerialClock alarms;
  private final Duration patience;
  private final EventFanout events;
  private final @Nullable String ownerId;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private int requests;

  /**
   * @param ownerId the user to whom the conversation belongs; null if nobody is known
   */
  InputDesk(
      ChatClock clock,
      SerialClock alarms,
      Duration patience,
      EventFanout events,
      @Nullable String ownerId) {
    this.clock = clock;
    this.alarms = alarms;
    this.patience = patience;
    this.events = events;
    this.ownerId = ownerId;
  }

  /**
   * Asks.
   *
   * @param onAnswer receives the answer, without words if somebody skips a person's turn, or null
   *     if nobody answered in time; not called if the question is withdrawn
   * @return the question's id
   */
  String request(Question question, Consumer<@Nullable Answer> onAnswer) {
    return request(question, null, onAnswer);
  }

  /**
   * Asks.
   *
   * @param time how long the question waits; null for the usual time
   * @return the question's id
   */
  String request(Question question, @Nullable Duration time, Consumer<@Nullable Answer> onAnswer) {
    Duration waits = time == null ? patience : time;
    String id = "i" + ++requests;
    InputRequested event =
        new InputRequested(
            id,
            question.kind,
            question.agentName,
            question.messageId,
            question.callId,
            question.prompt,
            question.choices,
            EXPIRES_AT.format(clock.now().plus(waits)),
            question.person,
            (question.ownerOnly && ownerId != null) ? Boolean.TRUE : null);
    Alarm alarm = alarms.schedule(waits, () -> timeOut(id));
    open.put(id, new Open(event, alarm, onAnswer));
    events.publish(event);
    return id;
  }

  /** Returns the number of ids given out. */
  int count() {
    return requests;
  }

  /** Skips the ids that were given out before. */
  void continueAfter(int count) {
    requests = count;
  }

  /** Returns the oldest open question, or null. */
  @Nullable InputRequested pending() {
    return open.isEmpty() ? null : open.values().iterator().next().event;
  }

  /** Returns the oldest open question of this kind, or null. */
  @Nullable InputRequested pending(InputKind kind) {
    return open.values().stream()
        .map(Open::event)
        .filter(question -> question.kind() == kind)
        .findFirst()
        .orElse(null);
  }

  SteeringOutcome answer(String requestId, Answer answer) {
    Open request = open.get(requestId);
    if (request == null || !mayAnswer(request.event, answer.author())) {
      return SteeringOutcome.NOT_FOUND;
    }
    List<String> choices = request.event.choices();
    if (choices != null && !choices.contains(answer.content())) {
      return SteeringOutcome.INVALID;
    }
    resolve(requestId, InputResolved.By.USER, answer.author());
    request.onAnswer.accept(answer);
    return SteeringOutcome.ACCEPTED;
  }

  /** An answer without an author is the program's own. */
  private boolean mayAnswer(InputRequested question, @Nullable Author author) {
    return question.ownerOnly() == null
        || author == null
        || (author.verified() && author.id().equals(ownerId));
  }

  /** Withdraws a question; does nothing if it is not open. */
  void withdraw(String requestId) {
    if (open.containsKey(requestId)) {
      resolve(requestId, InputResolved.By.STOPPED, null);
    }
  }

  /** Returns the ids of the open questions to participants who are people. */
  List<String> toPeople() {
    return open.values().stream()
        .map(Open::event)
        .filter(question -> question.person() != null)
        .map(InputRequested::requestId)
        .toList();
  }

  /** Lets a person's turn end without words; does nothing if the question is not open. */
  void skip(String requestId, @Nullable Author by) {
    Open request = open.get(requestId);
    if (request != null) {
      resolve(requestId, InputResolved.By.STOPPED, by);
      request.onAnswer.accept(new Answer("", by));
    }
  }

  void withdrawAll() {
    new ArrayList<>(open.keySet()).forEach(this::withdraw);
  }

  /** Ends the time for an answer to all open questions of a kind. */
  void giveUp(InputKind kind) {
    List<String> ids =
        open.entrySet().stream()
            .filter(request -> request.getValue().event.kind() == kind)
            .map(Map.Entry::getKey)
            .toList();
    ids.forEach(this::timeOut);
  }

  private void timeOut(String requestId) {
    Open request = open.get(requestId);
    if (request != null) {
      events.report(
          new ChatError(
              ErrorCode.INPUT_TIMEOUT,
              "Nobody answered in time.",
              request.event.agentName() == null
                  ? request.event.person()
                  : request.event.agentName(),
              null,
              false,
              false));
      resolve(requestId, InputResolved.By.TIMEOUT, null);
      request.onAnswer.accept(null);
    }
  }

  private void resolve(String requestId, InputResolved.By by, @Nullable Author author) {
    Open request = open.remove(requestId);
    if (request != null) {
      request.alarm.cancel();
      events.publish(new InputResolved(requestId, by, author));
    }
  }

  /**
   * A question, with the fields of {@link InputRequested}.
   *
   * @param ownerOnly true if nobody but the conversation's owner may answer, if there is one
   */
  record Question(
      InputKind kind,
      @Nullable String agentName,
      @Nullable String messageId,
      @Nullable String callId,
      String prompt,
      @Nullable List<String> choices,
      @Nullable String person,
      boolean ownerOnly) {

    Question(
        InputKind kind,
        @Nullable String agentName,
        @Nullable String messageId,
        @Nullable String callId,
        String prompt,
        @Nullable List<String> choices) {
      this(kind, agentName, messageId, callId, prompt, choices, null, false);
    }

    /** Returns a question to a participant who is a person. */
    static Question to(String person, InputKind kind, String prompt) {
      return new Question(kind, null, null, null, prompt, null, person, false);
    }
  }

  /** A person's answer. */
  record Answer(String content, @Nullable Author author) {}

  private record Open(InputRequested event, Alarm alarm, Consumer<@Nullable Answer> onAnswer) {}
}
