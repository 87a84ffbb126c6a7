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
 * A model whose calls the test answers: in advance, when they arrive, or token by token with checks
 * of the conversation in between.
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
 * <p>A call gets the oldest remaining answer. If there is none, it waits for {@link #next}.
 * Thread-safe: a call's methods act on the caller's thread.
 */
public final class ScriptedModel implements StreamingChatModel {

  private static final long PATIENCE_SECONDS = 60;

  private final List<ScriptedCall> calls = new CopyOnWriteArrayList<>();
  private final BlockingDeque<ScriptedCall> waiting = new LinkedBlockingDeque<>();
  private final Queue<Consumer<ScriptedCall>> answers = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Consumer<ScriptedCall> otherwise;

  /** Answers the next call with these tokens as soon as it arrives. */
  public ScriptedModel answers(String... tokens) {
    return then(call -> call.tokens(tokens).complete());
  }

  /** Fails the next call as soon as it arrives. */
  public ScriptedModel fails(Throwable error) {
    return then(call -> call.fail(error));
  }

  /**
   * Runs {@code answer} with the next call as soon as it arrives, on the thread that calls the
   * model. The model throws the exceptions of {@code answer}.
   */
  public ScriptedModel then(Consumer<ScriptedCall> answer) {
    answers.add(answer);
    return this;
  }

  /** Runs {@code answer} with every call for which no other answer is left. */
  public ScriptedModel always(Consumer<ScriptedCall> answer) {
    otherwise = answer;
    return this;
  }

  /**
   * Returns the oldest call that waits for an answer, and removes it from the waiting calls.
   *
   * @throws AssertionError if no call waits
   */
  public ScriptedCall next() {
    ScriptedCall call = waiting.poll();
    if (call == null) {
      throw new AssertionError("No call waits for an answer; so far came " + calls.size());
    }
    return call;
  }

  /**
   * Waits for a call and returns it like {@link #next}, for chats that call their models on other
   * threads.
   *
   * @throws AssertionError if this does not happen within a minute
   */
  public ScriptedCall awaitNext() throws InterruptedException {
    ScriptedCall call = waiting.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("No call came in " + PATIENCE_SECONDS + " seconds");
    }
    return call;
  }

  /** Returns every call that arrived, answered or not, in order. */
  public List<ScriptedCall> calls() {
    return List.copyOf(calls);
  }

  /** Returns true if no call waits for an answer. */
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
