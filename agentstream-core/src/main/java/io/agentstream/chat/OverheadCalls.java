package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.chat.speaker.ModelAskException;
import io.agentstream.chat.speaker.ModelAsker;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks models beside the agents' turns, and counts what that uses. Safe from any thread. */
final class OverheadCalls implements ModelAsker {

  private final ConversationScope scope;
  // Touched in the conversation's serial order only.
  private final IdentityHashMap<CompletableFuture<String>, ModelCall> underWay =
      new IdentityHashMap<>();

  OverheadCalls(ConversationScope scope) {
    this.scope = scope;
  }

  @Override
  public CompletableFuture<String> ask(StreamingChatModel model, List<ChatMessage> messages) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    scope.serial.execute(() -> start(model, List.copyOf(messages), answer));
    return answer;
  }

  /** Hangs up on whatever is asked; those answers never come. */
  void cancelAll() {
    new ArrayList<>(underWay.values()).forEach(ModelCall::cancel);
    underWay.clear();
  }

  /** Hangs up on one; its answer fails as cancelled. Does nothing once it is answered. */
  void cancel(CompletableFuture<String> answer) {
    ModelCall call = underWay.remove(answer);
    if (call != null) {
      call.cancel();
    }
    answer.cancel(false);
  }

  private void start(
      StreamingChatModel model, List<ChatMessage> messages, CompletableFuture<String> answer) {
    if (answer.isDone()) {
      return;
    }
    Question question = new Question(messages, answer);
    ModelCall call =
        new ModelCall(
            model,
            ChatRequest.builder().messages(messages).build(),
            scope.serial,
            scope.chat.clock(),
            scope.chat.timeouts(),
            question);
    question.call = call;
    underWay.put(answer, call);
    call.start(scope.chat.executor());
  }

  private final class Question implements ModelCall.Listener {
    private final List<ChatMessage> messages;
    private final CompletableFuture<String> answer;
    private final AnswerText text = new AnswerText();
    @org.jspecify.annotations.Nullable ModelCall call;

    Question(List<ChatMessage> messages, CompletableFuture<String> answer) {
      this.messages = messages;
      this.answer = answer;
    }

    @Override
    public void onText(String piece) {
      text.append(piece);
      if (text.length() > scope.chat.limits().maxAnswerChars() && call != null) {
        call.cancel();
        onFailed(ModelFailure.TOO_LONG);
      }
    }

    @Override
    public void onAnswered(ChatResponse response) {
      text.finish();
      underWay.remove(answer);
      scope.usage.addOverhead(TurnUsage.of(response, messages, text.toString()));
      answer.complete(text.toString().strip());
    }

    @Override
    public void onFailed(ModelFailure failure) {
      underWay.remove(answer);
      answer.completeExceptionally(new ModelAskException(failure.code(), failure.message()));
    }
  }
}
