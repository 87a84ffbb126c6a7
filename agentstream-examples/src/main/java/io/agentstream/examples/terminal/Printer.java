package io.agentstream.examples.terminal;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageReset;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.examples.terminal.Voice.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Prints a conversation live. If several agents speak at once, one is shown live and the others
 * follow in the order in which they began. While a person is asked, everything else waits.
 * Thread-safe.
 */
final class Printer implements StreamListener {

  private static final List<String> COLOURS = List.of("1;36", "1;33", "1;35", "1;32", "1;34");
  private static final long STATUS_NANOS = 200_000_000;

  private final Screen screen;
  private final StatusLine status;
  private final int maxRounds;
  private final Questions questions;
  private final CompletableFuture<EndReason> ended = new CompletableFuture<>();
  private final List<String> seen = new ArrayList<>();
  // The first one is shown live.
  private final Map<String, Voice> voices = new LinkedHashMap<>();
  private final List<ChatError> errors = new ArrayList<>();
  private final AnswerCount answers = new AnswerCount();
  private Paragraph paragraph;
  private long statusAt = System.nanoTime() - STATUS_NANOS;

  /**
   * @param asked gets each question once it is printed
   */
  Printer(Screen screen, StatusLine status, int maxRounds, Consumer<InputRequested> asked) {
    this.screen = screen;
    this.status = status;
    this.maxRounds = maxRounds;
    this.questions = new Questions(screen, asked);
    this.paragraph = new Paragraph(screen, 0);
  }

  /** Completes when everything is printed. */
  CompletableFuture<EndReason> ended() {
    return ended;
  }

  /** Returns true if every agent that spoke got an answer of its model; valid after the end. */
  boolean everybodyAnswered() {
    return answers.isWhole();
  }

  /** Says what became of a typed line, unless it was an answer. */
  synchronized void answered(SteeringOutcome outcome) {
    if (outcome != SteeringOutcome.ACCEPTED) {
      paragraph.end();
      questions.refuse(outcome);
    }
  }

  @Override
  public synchronized void onEvent(ChatEvent event) {
    event.deliverTo(this);
    catchUp();
  }

  @Override
  public void onSpeakerChange(SpeakerChange event) {
    voices.put(event.messageId(), new Voice(event));
  }

  @Override
  public void onStreamingToken(StreamingToken event) {
    Voice voice = voice(event.messageId());
    voice.counted();
    voice.keep(new Piece(null, event.token()));
  }

  @Override
  public void onMessageReset(MessageReset event) {
    voice(event.messageId()).keep(new Piece("starts over: ", event.reason()));
  }

  @Override
  public void onToolCall(ToolCall event) {
    answers.usesTool(event.messageId());
    String call = event.name() + " " + event.arguments();
    voice(event.messageId()).keep(new Piece("calls ", call));
  }

  @Override
  public void onToolResult(ToolResult event) {
    voice(event.messageId()).keep(new Piece("gets ", event.result()));
  }

  @Override
  public void onStreamingComplete(StreamingComplete event) {
    Voice voice = voice(event.messageId());
    answers.ended(event);
    if (event.finishReason() != TurnFinishReason.STOP) {
      voice.keep(new Piece(word(event.finishReason()), ""));
    }
    voice.finish();
  }

  @Override
  public void onInputRequested(InputRequested event) {
    questions.add(event);
  }

  @Override
  public void onInputResolved(InputResolved event) {
    questions.resolve(event);
  }

  @Override
  public void onError(ChatError event) {
    errors.add(event);
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    questions.clear();
    catchUp();
    status.end();
    paragraph.end();
    String detail = event.detail() == null ? "" : " (" + event.detail() + ")";
    String line = word(event.reason()) + detail + ", " + event.usage().totalTokens() + " tokens";
    screen.print("\n" + screen.dim("[" + Harmless.line(line) + "]") + "\n");
    ended.complete(event.reason());
  }

  /** Prints what has waited, unless a person is asked, and then the next question. */
  private void catchUp() {
    if (questions.isOpen()) {
      return;
    }
    errors.forEach(this::print);
    errors.clear();
    while (!voices.isEmpty()) {
      Voice voice = first();
      print(voice);
      if (!voice.isFinished()) {
        break;
      }
      voices.values().remove(voice);
      paragraph.end();
    }
    askNext();
  }

  private void print(ChatError error) {
    paragraph.end();
    String who = error.agentName() == null ? "" : error.agentName() + ": ";
    screen.print(
        "\n" + screen.coloured("31", "[" + Harmless.line(who + error.message()) + "]") + "\n");
  }

  private void print(Voice voice) {
    if (voice.begins()) {
      head(voice);
    }
    voice.takeWaiting().forEach(piece -> piece.write(paragraph));
    progress(voice);
  }

  private void askNext() {
    questions.waiting().stream()
        .filter(this::isDue)
        .findFirst()
        .ifPresent(
            question -> {
              paragraph.end();
              questions.ask(question);
            });
  }

  /** A question about a call waits until the call is on the screen. */
  private boolean isDue(InputRequested question) {
    String messageId = question.messageId();
    return messageId == null || !voices.containsKey(messageId) || voice(messageId) == first();
  }

  private void head(Voice voice) {
    String name = voice.speaker().agentName();
    if (!seen.contains(name)) {
      seen.add(name);
    }
    String colour = COLOURS.get(seen.indexOf(name) % COLOURS.size());
    String head = Harmless.line(name) + ":";
    screen.print("\n" + screen.coloured(colour, head) + " ");
    paragraph = new Paragraph(screen, Columns.of(head) + 1);
    if (voice.tokens() == 0) {
      status.show(place(voice) + " · waiting for the model");
    }
  }

  private void progress(Voice voice) {
    long now = System.nanoTime();
    if (voice.tokens() < 2 || now - statusAt < STATUS_NANOS) {
      return;
    }
    statusAt = now;
    status.show(place(voice) + " · " + voice.tokens() + " tokens" + speed(voice, now));
  }

  /** A speed over a very short time is meaningless. */
  private static String speed(Voice voice, long now) {
    long nanos = voice.nanosOfTokens(now);
    return nanos < STATUS_NANOS
        ? ""
        : String.format(Locale.ROOT, " · %.1f tokens/s", (voice.tokens() - 1) * 1e9 / nanos);
  }

  private String place(Voice voice) {
    return "round %d/%d · %s"
        .formatted(voice.speaker().round(), maxRounds, Harmless.line(voice.speaker().agentName()));
  }

  private Voice voice(String messageId) {
    Voice voice = voices.get(messageId);
    if (voice == null) {
      throw new IllegalStateException("Nobody has the floor for message " + messageId);
    }
    return voice;
  }

  private Voice first() {
    return voices.values().iterator().next();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
