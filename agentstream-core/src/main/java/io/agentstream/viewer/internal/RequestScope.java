package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.internal.UserCode;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One request of a known user, with the steps that commands of every area share. */
final class RequestScope {

  private static final String LISTS = "lists";

  final ViewerContext hub;
  final Conversations conversations;
  final Screen screen;
  final Asker asker;
  final Request request;
  final Reply reply;
  private final CommandLanes lanes;

  RequestScope(ViewerContext hub, Screen screen, CommandLanes lanes, Asker asker, Request request) {
    this.hub = hub;
    this.conversations = hub.conversations;
    this.screen = screen;
    this.lanes = lanes;
    this.asker = asker;
    this.request = request;
    this.reply = new Reply(screen, request.id());
  }

  /** Answers with a long frame. The next one is built when the viewer has read the previous one. */
  void answerInTurn(Supplier<CompletionStage<? extends ControlFrame>> frame) {
    inTurn(
        LISTS,
        () -> {
          CompletableFuture<Void> left = new CompletableFuture<>();
          CompletionStage<Void> unused =
              reply
                  .whenDone(
                      frame.get(),
                      answer -> screen.answer(answer, request.id(), () -> left.complete(null)))
                  .whenComplete(
                      (done, failure) -> {
                        if (failure != null) {
                          left.complete(null);
                        }
                      });
          return left;
        });
  }

  /** Carries out a command after the earlier ones in its lane. */
  void inTurn(String lane, Supplier<CompletionStage<?>> command) {
    if (!lanes.submit(lane, () -> begun(command))) {
      reply.refuse(
          ErrorCode.RATE_LIMITED,
          "Too many commands wait for the ones before them; wait a little.");
    }
  }

  private CompletionStage<?> begun(Supplier<CompletionStage<?>> command) {
    try {
      return command.get();
    } catch (Throwable e) {
      UserCode.caught(e);
      reply.failed(e);
      return CompletableFuture.completedStage(null);
    }
  }

  /** Returns the lane of the commands to a conversation. */
  static String conversationLane(String conversationId) {
    return "conversation " + conversationId;
  }

  /** Returns the sender's rights in a conversation; none if it does not exist. */
  CompletionStage<Right> rightsIn(String conversationId) {
    return rightsOf(asker.in(conversationId), conversationId);
  }

  /** Returns a visitor's rights in a conversation; none if it does not exist. */
  CompletionStage<Right> rightsOf(Visitor visitor, String conversationId) {
    try {
      return conversations.find(visitor, conversationId);
    } catch (Throwable e) {
      // Treated like a later failure, so that everything that waits for it is undone.
      UserCode.caught(e);
      return CompletableFuture.failedStage(e);
    }
  }
}
