package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Access;
import io.agentstream.journal.JournalReader;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Joined;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ViewingCommand.JoinConversation;
import io.agentstream.wire.ViewingCommand.LeaveConversation;
import io.agentstream.wire.ViewingCommand.ListAgents;
import io.agentstream.wire.ViewingCommand.ListConversations;
import io.agentstream.wire.ViewingCommand.StartConversation;
import io.agentstream.wire.ViewingCommand.ViewingHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists, starts, joins and leaves conversations for one request. */
final class ViewingRequest implements ViewingHandler {

  private final RequestScope scope;
  private final Conversations conversations;
  private final Screen screen;
  private final Asker asker;
  private final Reply reply;
  private final @Nullable String requestId;

  ViewingRequest(RequestScope scope) {
    this.scope = scope;
    this.conversations = scope.conversations;
    this.screen = scope.screen;
    this.asker = scope.asker;
    this.reply = scope.reply;
    this.requestId = scope.request.id();
  }

  @Override
  public void onListAgents(ListAgents command) {
    scope.answerInTurn(() -> conversations.agents(asker.user()));
  }

  @Override
  public void onListConversations(ListConversations command) {
    scope.answerInTurn(() -> conversations.list(asker.user(), command));
  }

  @Override
  public void onStartConversation(StartConversation command) {
    if (scope.request.repeats()) {
      reply.whenDone(
          conversations.startedBy(asker.user(), String.valueOf(command.requestId())),
          started -> started.ifPresentOrElse(this::viewFromStart, reply::notFound));
      return;
    }
    if (!scope.hub.admission.start(asker.party())) {
      reply.refuse(Refusal.TOO_MANY_STARTS);
      return;
    }
    if (!screen.mayViewAnother()) {
      reply.viewsEnough();
      return;
    }
    try {
      reply.whenDone(
          conversations.start(command, scope.request.beginning(), asker.user(), asker.party()),
          this::viewFromStart);
    } catch (ProtocolException e) {
      reply.failed(e);
    }
  }

  private void viewFromStart(String conversationId) {
    read(
        conversationId,
        reader ->
            screen.view(
                screen.replay(conversationId, reader, reader.epoch(), 0),
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

  /** Views a conversation by {@code view} as soon as it can be read. */
  private void read(String conversationId, Consumer<JournalReader> view) {
    Object join = screen.joining(conversationId);
    CompletionStage<Void> unused =
        reply
            .whenDone(
                scope
                    .accessTo(conversationId)
                    .thenCompose(
                        access ->
                            access.includes(Access.VIEW)
                                ? conversations.read(conversationId)
                                : CompletableFuture.completedStage(Optional.empty())),
                reader -> {
                  if (!screen.joined(conversationId, join)) {
                    reply.refuse(
                        ErrorCode.CONFLICT, "The conversation was left or joined again meanwhile.");
                  } else if (reader.isEmpty()) {
                    reply.notFound();
                  } else if (!screen.mayView(conversationId)) {
                    reply.viewsEnough();
                  } else {
                    view.accept(reader.get());
                  }
                })
            .whenComplete((done, failure) -> screen.joined(conversationId, join));
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
    screen.view(
        screen.replay(id, reader, epoch, after),
        new Joined(id, Joined.Mode.REPLAY, epoch, after + 1, reader.head()),
        requestId);
  }

  private void snapshot(JoinConversation command, JournalReader reader) {
    String id = command.conversationId();
    boolean wanted = command.afterSeq() == null;
    screen.view(
        screen.snapshot(id, reader, wanted),
        new Joined(id, Joined.Mode.SNAPSHOT, reader.epoch(), null, null),
        requestId);
  }

  @Override
  public void onLeaveConversation(LeaveConversation command) {
    String id = command.conversationId();
    boolean viewed = screen.views(id);
    screen.leave(id);
    reply.whenDone(
        scope.accessTo(id),
        access -> {
          if (viewed || access.includes(Access.VIEW)) {
            reply.answer(new ControlFrame.Left(id));
          } else {
            reply.notFound();
          }
        });
  }
}
