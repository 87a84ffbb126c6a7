package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.chat.speaker.ModelAskException;
import io.agentstream.chat.speaker.ModelAsker;
import io.agentstream.event.Usage;
import io.agentstream.internal.Thoughts;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls models outside the agents' turns, and counts their usage. Thread-safe. */
final class OverheadCalls implements ModelAsker {

  private final ConversationScope scope;
  // Touched in the conversation's serial order only.
  private final IdentityHashMap<CompletableFuture<String>, Question> underWay =
      new IdentityHashMap<>();
  private boolean open = true;

  OverheadCalls(ConversationScope scope) {
    this.scope = scope;
  }

  @Override
  public CompletableFuture<String> ask(StreamingChatModel model, List<ChatMessage> messages) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    scope.serial.execute(() -> start(model, List.copyOf(messages), answer));
    return answer;
  }

  /** Accepts calls, because a run begins. */
  void open() {
    open = true;
  }

  /** Cancels all calls and accepts no more, so that nobody waits for their answers. */
  void close() {
    open = false;
    hangUp();
  }

  /** Cancels all calls and their answers. */
  void hangUp() {
    List<Question> cut = new ArrayList<>(underWay.values());
    underWay.clear();
    cut.forEach(Question::cancel);
  }

  /** Cancels one call and its answer. Does nothing once it is answered. */
  void cancel(CompletableFuture<String> answer) {
    Question question = underWay.remove(answer);
    if (question == null) {
      answer.cancel(false);
    } else {
      question.cancel();
    }
  }

  private void start(
      StreamingChatModel model, List<ChatMessage> messages, CompletableFuture<String> answer) {
    if (!open || (!answer.isDone() && !scope.bounds.beginCall(messages))) {
      answer.cancel(false);
    }
    if (answer.isDone()) {
      return;
    }
    ChatRequest request = ChatRequest.builder().messages(messages).build();
    Question question =
        new Question(messages, answer, scope.modelCalls.begin(null, model, request));
    ModelCall call = new ModelCall(scope, model, request, scope.rules.timeouts(), question);
    call.thoughtsInText(true);
    question.call = call;
    underWay.put(answer, question);
    call.start();
  }

  private final class Question implements ModelCall.Listener {
    private final List<ChatMessage> messages;
    private final CompletableFuture<String> answer;
    private final ModelCallObservation observed;
    private final AnswerText text = new AnswerText();
    private @Nullable ModelCall call;

    Question(
        List<ChatMessage> messages,
        CompletableFuture<String> answer,
        ModelCallObservation observed) {
      this.messages = messages;
      this.answer = answer;
      this.observed = observed;
    }

    void cancel() {
      if (call != null) {
        call.cancel();
        countCut();
        observed.cancelled();
      }
      answer.cancel(false);
    }

    /**
     * The model server reports no usage for a call without an end, although it has worked on it.
     */
    private void countCut() {
      count(TurnUsage.estimate(messages, text.toString()));
    }

    private void count(Usage used) {
      scope.usage.addOverhead(used);
      scope.bounds.used(used);
    }

    @Override
    public void onText(String piece) {
      text.append(piece);
      if (text.length() > scope.rules.limits().maxAnswerChars() && call != null) {
        call.fail(ModelFailure.tooLong("its answer", "max_answer_chars"));
      }
    }

    @Override
    public void onTextTakenBack(boolean thinking) {
      text.resetTo(0);
    }

    @Override
    public void onAnswered(ChatResponse response) {
      text.finish();
      observed.answered(response);
      underWay.remove(answer);
      count(TurnUsage.of(response, messages, text.toString()));
      answer.complete(Thoughts.without(text.toString()).strip());
    }

    @Override
    public void onFailed(ModelFailure failure) {
      underWay.remove(answer);
      countCut();
      observed.failed(failure, false);
      answer.completeExceptionally(new ModelAskException(failure.code(), failure.message()));
    }
  }
}
