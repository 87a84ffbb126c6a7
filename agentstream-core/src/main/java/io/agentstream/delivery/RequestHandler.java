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
    read(
        conversationId,
        reader ->
            connection.view(
                Subscription.after(
                    reader.epoch(),
                    0,
                    conversationId,
                    reader,
                    connection.newDialect(),
                    hub.clock()),
                new ControlFrame.Accepted(conversationId, reader.epoch()),
                requestId));
  }

  @Override
  public void onJoinConversation(JoinConversation command) {
    read(
        command.conversationId(),
        reader -> {
          if (canReplay(command, reader)) {
            replay(command, reader);
          } else {
            snapshot(command, reader);
          }
        });
  }

  /** Views a conversation as {@code view} says, as soon as it is at hand. */
  private void read(String conversationId, Consumer<JournalReader> view) {
    Object join = connection.joining(conversationId);
    whenDone(
        hub.journal().read(conversationId),
        reader -> {
          if (!connection.joined(conversationId, join)) {
            refuse(ErrorCode.CONFLICT, "The conversation was left or joined again meanwhile.");
          } else if (reader.isEmpty()) {
            notFound(conversationId);
          } else {
            view.accept(reader.get());
          }
        });
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
    long epoch = command.epoch() == null ? reader.epoch() : command.epoch();
    connection.view(
        Subscription.after(epoch, after, id, reader, connection.newDialect(), hub.clock()),
        new Joined(id, Joined.Mode.REPLAY, epoch, after + 1, reader.head()),
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
    if (!(command instanceof InputResponse)) {
      notFound(command.conversationId());
      return;
    }
    whenDone(
        hub.journal().read(command.conversationId()),
        reader -> {
          if (reader.isEmpty()) {
            notFound(command.conversationId());
          } else {
            refuse(ErrorCode.NOT_FOUND, "The conversation does not wait for this answer.");
          }
        });
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
          } else if (isUnavailable(failure)) {
            log.warn("A command could not be carried out: {}", failure.getMessage());
            refuse(ErrorCode.UNAVAILABLE, "The server cannot do this just now; try again.");
          } else {
            log.error("A command failed by a defect", failure);
            connection.refuse(ErrorCode.INTERNAL, "The command failed by a defect.", requestId);
          }
        });
  }

  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof UnavailableException
        || failure.getCause() instanceof UnavailableException;
  }
}
