package io.agentstream.test;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model whose calls the test answers: in advance, as they come, or one token after another while
 * it looks at the conversation in between.
 *
 * <pre>{@code
 * ScriptedModel model = new ScriptedModel().answers("Yes", ", it will.");
 * GroupChat chat = GroupChat.builder()
 *     .participants(Agent.builder("Ann").model(model).build())
 *     .executor(Runnable::run)   // everything on the test's thread
 *     .build();
 * Conversation conversation = chat.start("Will it?");
 * model.next().tokens("half").fail(new IOException());
 * }</pre>
 *
 * <p>A call takes the oldest answer that is left; where none is, it waits for {@link #next}. Safe
 * from any thread: what a call is told to do happens on the thread that tells it.
 */
public final class ScriptedModel implements StreamingChatModel {

  private static final long PATIENCE_SECONDS = 30;

  private final List<ScriptedCall> calls = new CopyOnWriteArrayList<>();
  private final BlockingDeque<ScriptedCall> waiting = new LinkedBlockingDeque<>();
  private final Queue<Consumer<ScriptedCall>> answers = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Consumer<ScriptedCall> otherwise;

  /** Answers the next call with these tokens, as soon as it comes. */
  public ScriptedModel answers(String... tokens) {
    return then(call -> call.tokens(tokens).complete());
  }

  /** Fails the next call, as soon as it comes. */
  public ScriptedModel fails(Throwable error) {
    return then(call -> call.fail(error));
  }

  /**
   * Does this with the next call, as soon as it comes, on the thread that calls the model. What it
   * throws, the model throws.
   */
  public ScriptedModel then(Consumer<ScriptedCall> answer) {
    answers.add(answer);
    return this;
  }

  /** Does this with every call that finds no other answer. */
  public ScriptedModel always(Consumer<ScriptedCall> answer) {
    otherwise = answer;
    return this;
  }

  /**
   * The oldest call that waits for an answer; from now on it waits no more.
   *
   * @throws AssertionError if none waits
   */
  public ScriptedCall next() {
    ScriptedCall call = waiting.poll();
    if (call == null) {
      throw new AssertionError("No call waits for an answer; so far came " + calls.size());
    }
    return call;
  }

  /**
   * The same once it comes, for chats that call their models on other threads.
   *
   * @throws AssertionError after 30 seconds in vain
   */
  public ScriptedCall awaitNext() throws InterruptedException {
    ScriptedCall call = waiting.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("No call came in " + PATIENCE_SECONDS + " seconds");
    }
    return call;
  }

  /** Every call that came, answered or not, in order. */
  public List<ScriptedCall> calls() {
    return List.copyOf(calls);
  }

  /** Whether no call waits for an answer. */
  public boolean isIdle() {
    return waiting.isEmpty();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    ScriptedCall call = new ScriptedCall(request, handler);
    calls.add(call);
    Consumer<ScriptedCall> answer = answers.poll();
    if (answer == null) {
      answer = otherwise;
    }
    if (answer == null) {
      waiting.add(call);
    } else {
      answer.accept(call);
    }
  }
}
