package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.InputKind;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A person's turn: asks for a text. Used in the conversation's serial order only. */
final class PersonTurn {

  /** Receives the turn's result; implemented by the step that began it. */
  interface Owner {
    /** Called once, unless the turn is stopped. */
    void turnEnded(TurnOutcome outcome);

    /** Called in place of {@link #turnEnded} if nobody answered and the run ends because of it. */
    void nobodyAnswered();
  }

  private final ConversationScope scope;
  private final Person person;
  private final Selection.Turn turn;
  private final int round;
  private final Owner owner;
  private @Nullable String question;

  PersonTurn(ConversationScope scope, Person person, Selection.Turn turn, int round, Owner owner) {
    this.scope = scope;
    this.person = person;
    this.turn = turn;
    this.round = round;
    this.owner = owner;
  }

  String name() {
    return person.name();
  }

  void start() {
    String prompt = Objects.requireNonNullElse(turn.instruction(), person.prompt());
    question =
        scope.inputs.request(
            InputDesk.Question.to(person.name(), InputKind.TEXT, prompt),
            person.timeout(),
            this::onAnswer);
  }

  /** Takes the question back; nothing else follows. */
  void stop() {
    if (question != null) {
      scope.inputs.withdraw(question);
      question = null;
    }
  }

  /** Takes the question back, and ends the turn without a message. */
  void skip() {
    if (question != null) {
      stop();
      end("", "", TurnFinishReason.STOPPED);
    }
  }

  private void onAnswer(InputDesk.@Nullable Answer answer) {
    question = null;
    if (answer == null && person.onTimeout() == InputTimeoutPolicy.END) {
      owner.nobodyAnswered();
    } else if (answer == null || answer.content().isBlank()) {
      end("", "", TurnFinishReason.STOPPED);
    } else {
      say(answer);
    }
  }

  private void say(InputDesk.Answer answer) {
    String id = scope.nextMessageId();
    NewMessage said =
        new NewMessage(
            id,
            NewMessage.Role.USER,
            person.name(),
            answer.content(),
            round,
            answer.author(),
            null);
    scope.remember(Utterance.of(said));
    scope.calls.addFrom(said);
    end(id, answer.content(), TurnFinishReason.STOP);
  }

  private void end(String messageId, String content, TurnFinishReason reason) {
    owner.turnEnded(
        new TurnOutcome(
            new StreamingComplete(
                messageId, person.name(), round, content, content.length(), reason, null),
            List.of()));
  }
}
