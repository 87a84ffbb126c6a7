package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Timeouts;
import io.agentstream.upstream.ServerComplaint;
import io.agentstream.upstream.UpstreamCall;
import io.agentstream.upstream.UpstreamCalls;
import io.agentstream.upstream.internal.UpstreamError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to a model. For any behaviour of the model, the listener gets pieces of text and then
 * exactly one end, or nothing after {@link #cancel}.
 *
 * <p>langchain4j's models may end twice, continue after an error, swallow an error inside a 200, or
 * never end. Here the first end counts and cancels the call, silence is an end too, and the rest is
 * ignored.
 *
 * <p>All state except {@code cancelled} is read and written in the conversation's serial order, in
 * which the listener is called too.
 */
final class ModelCall {

  /** Receives the call's results, in the conversation's serial order. */
  interface Listener {
    void onText(String piece);

    default void onThinking(String piece) {}

    /** Called if this call's text so far was not text, but thinking or a mark before it. */
    default void onTextTakenBack(boolean thinking) {}

    void onAnswered(ChatResponse response);

    void onFailed(ModelFailure failure);
  }

  private static final Logger log = LoggerFactory.getLogger(ModelCall.class);

  /** Its models make one HTTP call for an answer; those of others may make the next one. */
  private static final String LANGCHAIN4J = "dev.langchain4j.model.";

  private static final int MAX_TOOL_CALLS = 128;
  private static final int MAX_TOOL_CHARS = 1_000_000;
  private static final int MAX_EMPTY_EVENTS = 10_000;
  private static final ModelFailure TOO_MANY_CALLS =
      ModelFailure.tooLong(
          "what it asked of tools",
          MAX_TOOL_CALLS + " calls, " + MAX_TOOL_CHARS + " characters of arguments");

  private final StreamingChatModel model;
  private final ChatRequest request;
  private final ConversationScope scope;
  private final SerialExecutor serial;
  private final StreamClock clock;
  private final Listener listener;

  private @Nullable ThoughtFilter thoughts;
  private int toolChars;
  private int emptyEvents;
  private final List<UpstreamCall> upstream = new ArrayList<>(1);
  private @Nullable StreamingHandle handle;
  private boolean hungUp;
  private boolean over;
  private volatile boolean cancelled;

  ModelCall(
      ConversationScope scope,
      StreamingChatModel model,
      ChatRequest request,
      Timeouts timeouts,
      Listener listener) {
    this.scope = scope;
    this.model = model;
    this.request = request;
    this.serial = scope.serial;
    this.clock = new StreamClock(scope.clock, timeouts, this::silent);
    this.listener = listener;
  }

  /** Sets whether thoughts in the text, such as {@code <think>…</think>}, are separated from it. */
  void thoughtsInText(boolean taken) {
    thoughts = taken ? new ThoughtFilter(new Apart()) : null;
  }

  /** Calls the model on the chat's executor, because a model's {@code chat} may block. */
  void start() {
    scope.executor.execute(
        this::call, refusal -> serial.execute(() -> fail(ModelFailure.of(refusal))));
  }

  /** Cancels the call; no callback follows. */
  void cancel() {
    close();
    cancelled = true;
    hangUp();
  }

  private void call() {
    if (cancelled) {
      return;
    }
    // Started only now, because a model is not silent while its call waits for a thread.
    serial.execute(this::begin);
    try {
      UpstreamCalls.observing(this::made, () -> model.chat(request, new Handler()));
    } catch (Throwable e) {
      UserCode.caught(e);
      serial.execute(() -> fail(ModelFailure.of(e)));
    }
  }

  private void begin() {
    if (!over) {
      clock.start();
    }
  }

  private void made(UpstreamCall call) {
    if (model.getClass().getName().startsWith(LANGCHAIN4J)) {
      // Earlier callbacks come first, because they were made on the same thread.
      call.whenOver(() -> serial.execute(this::bodyEnded));
    }
    serial.execute(() -> attach(call));
  }

  /** If a langchain4j model has not reported an end with its body, it never will. */
  private void bodyEnded() {
    fail(clock.began() ? ModelFailure.UNFINISHED : ModelFailure.NOTHING);
  }

  private void attach(UpstreamCall call) {
    upstream.add(call);
    if (cancelled) {
      call.cancel();
    }
  }

  private void text(String piece, @Nullable StreamingHandle handle) {
    if (!piece.isEmpty() && goesOn(handle)) {
      if (thoughts == null) {
        listener.onText(piece);
      } else {
        thoughts.take(piece);
      }
    }
  }

  private void toolCall(PartialToolCall piece, @Nullable StreamingHandle handle) {
    if (goesOn(handle)) {
      String arguments = piece.partialArguments();
      toolChars += arguments == null ? 0 : arguments.length();
      if (toolChars > MAX_TOOL_CHARS || piece.index() >= MAX_TOOL_CALLS) {
        fail(TOO_MANY_CALLS);
      }
    }
  }

  private void unmapped(@Nullable ServerComplaint complaint) {
    if (complaint != null) {
      fail(ModelFailure.of(complaint));
    } else if (++emptyEvents > MAX_EMPTY_EVENTS) {
      fail(ModelFailure.tooLong("its stream", MAX_EMPTY_EVENTS + " events with nothing in them"));
    }
  }

  private void silent() {
    boolean alive = upstream.stream().anyMatch(UpstreamCall::showedLife);
    fail(clock.began() ? ModelFailure.SILENT : ModelFailure.noFirstToken(alive));
  }

  private void thinking(String piece, @Nullable StreamingHandle handle) {
    if (!piece.isEmpty() && goesOn(handle)) {
      listener.onThinking(piece);
    }
  }

  /** Records a sign of life; returns true if the call is still active. */
  private boolean goesOn(@Nullable StreamingHandle handle) {
    if (handle != null) {
      this.handle = handle;
    }
    if (!over) {
      clock.sign();
    } else if (cancelled) {
      // The call was stopped before its first piece, and only now is there a handle to cancel it.
      hangUp();
    }
    return !over;
  }

  private void answer(ChatResponse response) {
    if (over) {
      return;
    }
    if (!clock.began() && ModelAnswers.isNothing(response)) {
      fail(ModelFailure.NOTHING);
      return;
    }
    if (thoughts != null) {
      thoughts.end();
    }
    if (ModelAnswers.hasMoreCalls(response, MAX_TOOL_CALLS)) {
      fail(TOO_MANY_CALLS);
    } else if (!over) {
      close();
      boolean thought = thoughts != null && thoughts.found();
      listener.onAnswered(thought ? ModelAnswers.withoutThoughts(response) : response);
    }
  }

  void fail(ModelFailure failure) {
    if (!over) {
      cancel();
      listener.onFailed(failure);
    }
  }

  private void close() {
    over = true;
    clock.stop();
  }

  private void hangUp() {
    StreamingHandle open = handle;
    if (upstream.isEmpty() && open != null && !hungUp) {
      // Once, because some handles throw, and more tokens may arrive nevertheless.
      hungUp = true;
      scope.userCode.run(open, open::cancel, failure -> cannotHangUp(open, failure));
    }
    upstream.forEach(UpstreamCall::cancel);
  }

  private void cannotHangUp(StreamingHandle handle, Throwable failure) {
    log.atWarn()
        .addKeyValue("conversation_id", scope.id)
        .setCause(failure)
        .log(
            "Conversation {}: {} cannot hang up; its model may go on, and nobody listens",
            scope.id,
            handle.getClass().getName());
  }

  private final class Apart implements ThoughtFilter.Output {
    @Override
    public void text(String piece) {
      if (!over) {
        listener.onText(piece);
      }
    }

    @Override
    public void thinking(String piece) {
      if (!over) {
        listener.onThinking(piece);
      }
    }

    @Override
    public void textTakenBack(boolean thinking) {
      if (!over) {
        listener.onTextTakenBack(thinking);
      }
    }
  }

  private final class Handler implements StreamingChatResponseHandler {

    @Override
    public void onPartialResponse(String piece) {
      serial.execute(() -> text(piece, null));
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      serial.execute(() -> text(piece.text(), context.streamingHandle()));
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
      serial.execute(() -> thinking(piece.text(), null));
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
      serial.execute(() -> thinking(piece.text(), context.streamingHandle()));
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
      serial.execute(() -> toolCall(piece, null));
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
      serial.execute(() -> toolCall(piece, context.streamingHandle()));
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
      // The event's text is released when this returns, so it is examined here.
      ServerComplaint complaint = UpstreamError.in(event);
      serial.execute(() -> unmapped(complaint));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      serial.execute(() -> answer(response));
    }

    @Override
    public void onError(Throwable error) {
      serial.execute(() -> fail(ModelFailure.of(error)));
    }
  }
}
