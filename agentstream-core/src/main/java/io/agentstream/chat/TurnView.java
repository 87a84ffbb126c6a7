package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.chat.context.Utterance;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The part of the conversation that an agent sees in its turn, as its context window picks it. */
final class TurnView {

  private final ConversationScope scope;
  private final Agent agent;
  private final Floor floor;
  private final Queue<CompletableFuture<String>> questions = new ConcurrentLinkedQueue<>();

  TurnView(ConversationScope scope, Agent agent, Floor floor) {
    this.scope = scope;
    this.agent = agent;
    this.floor = floor;
  }

  /** Asks the context window, and returns the prompt for the model. */
  CompletionStage<List<ChatMessage>> prompt() {
    ContextWindow window = agent.modelUse().window();
    return scope.userCode.call(
        window,
        // The window's result is checked too: it may be null or contain null.
        () -> window.view(floor.seen(), this::ask).thenApply(this::toPrompt),
        CompletableFuture::failedStage);
  }

  private List<ChatMessage> toPrompt(List<Utterance> view) {
    return Prompt.of(agent, view, floor.turn().instruction());
  }

  /** Calls a model for the context window. Called from any thread. */
  private CompletionStage<String> ask(StreamingChatModel model, List<ChatMessage> messages) {
    CompletableFuture<String> question = scope.overhead.ask(model, messages);
    questions.add(question);
    return question;
  }

  /** Cancels the window's calls to models. */
  void cancel() {
    questions.forEach(scope.overhead::cancel);
  }
}
