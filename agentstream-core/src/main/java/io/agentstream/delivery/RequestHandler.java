package io.agentstream.delivery;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ErrorCode;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import io.agentstream.wire.ClientCommand.InputResponse;
import io.agentstream.wire.ClientCommand.JoinConversation;
import io.agentstream.wire.ClientCommand.LeaveConversation;
import io.agentstream.wire.ClientCommand.StartConversation;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Joined;
import io.agentstream.wire.ProtocolException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one request of one connection and answers it. */
final class RequestHandler implements ClientCommand.Handler {

  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

  private final ConversationHub hub;
  private final ViewerConnection connection;
  private final @Nullable String requestId;

  RequestHandler(ConversationHub hub, ViewerConnection connection, @Nullable String requestId) {
    this.hub = hub;
    this.connection = connection;
    this.requestId = requestId;
  }

  @Override
  public void onListAgents() {
    answer(hub.catalogue());
  }

  @Override
  public void onStartConversation(StartConversation command) {
    try {
      whenDone(hub.start(command), this::viewFromStart);
    } catch (ProtocolException e) {
      connection.refuse(e.code(), e.reason(), requestId);
    }
  }

  private void viewFromStart(String conversationId) {
    JournalReader reader = hub.journal().read(conversationId);
    if (reader == null) {
      notFound(conversationId);
      return;
    }
    connection.view(
        Subscription.after(0, conversationId, reader, connection.newDialect(), hub.clock()),
        new ControlFrame.Accepted(conversationId, reader.epoch()),
        requestId);
  }

  @Override
  public void onJoinConversation(JoinConversation command) {
    JournalReader reader = hub.journal().read(command.conversationId());
    if (reader == null) {
      notFound(command.conversationId());
    } else if (canReplay(command, reader)) {
      replay(command, reader);
    } else {
      snapshot(command, reader);
    }
  }

  private static boolean canReplay(JoinConversation command, JournalReader reader) {
    Long epoch = command.epoch();
    Long after = command.afterSeq();
    return epoch != null
        && after != null
        && epoch == reader.epoch()
        && after <= reader.head()
        && after + 1 >= reader.tail();
  }

  private void replay(JoinConversation command, JournalReader reader) {
    String id = command.conversationId();
    long after = command.afterSeq() == null ? 0 : command.afterSeq();
    connection.view(
        Subscription.after(after, id, reader, connection.newDialect(), hub.clock()),
        new Joined(id, Joined.Mode.REPLAY, reader.epoch(), after + 1, reader.head()),
        requestId);
  }

  private void snapshot(JoinConversation command, JournalReader reader) {
    String id = command.conversationId();
    connection.view(
        Subscription.fromSnapshot(id, reader, connection.newDialect(), hub.clock()),
        new Joined(id, Joined.Mode.SNAPSHOT, reader.epoch(), null, null),
        requestId);
  }

  @Override
  public void onLeaveConversation(LeaveConversation command) {
    connection.leave(command.conversationId());
    answer(new ControlFrame.Left(command.conversationId()));
  }

  @Override
  public void onConversationCommand(ConversationCommand command) {
    connection.hold();
    CompletionStage<SteeringOutcome> routed =
        CompletableFuture.completedStage(command).thenCompose(hub.router()::route);
    whenDone(routed, outcome -> answer(command, outcome))
        .whenComplete((outcome, failure) -> connection.release());
  }

  private void answer(ConversationCommand command, SteeringOutcome outcome) {
    switch (outcome) {
      case ACCEPTED -> answer(new ControlFrame.Accepted(command.conversationId(), null));
      case NOT_FOUND -> notFound(command);
      case CONFLICT -> refuse(ErrorCode.CONFLICT, "The conversation is not in a state for it.");
      case INVALID -> refuse(ErrorCode.INVALID_FIELD, "'content' must be one of the choices.");
    }
  }

  private void notFound(ConversationCommand command) {
    if (command instanceof InputResponse && hub.journal().read(command.conversationId()) != null) {
      refuse(ErrorCode.NOT_FOUND, "The conversation does not wait for this answer.");
    } else {
      notFound(command.conversationId());
    }
  }

  private void refuse(ErrorCode code, String message) {
    connection.refuse(code, message, requestId);
  }

  @Override
  public void onPing() {
    answer(new ControlFrame.Pong());
  }

  @Override
  public void onPong() {
    // That it came is all that matters, and the heartbeat has seen it.
  }

  private void answer(ControlFrame frame) {
    connection.answer(frame, requestId);
  }

  private void notFound(String conversationId) {
    connection.refuse(
        ErrorCode.NOT_FOUND, "There is no conversation '" + conversationId + "'.", requestId);
  }

  private <T> CompletionStage<T> whenDone(CompletionStage<T> stage, Consumer<T> then) {
    return stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            then.accept(value);
          } else {
            log.error("A command failed by a defect", failure);
            connection.refuse(ErrorCode.INTERNAL, "The command failed by a defect.", requestId);
          }
        });
  }
}
