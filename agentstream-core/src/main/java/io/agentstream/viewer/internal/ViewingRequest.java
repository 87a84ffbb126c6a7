package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Access;
import io.agentstream.journal.JournalReader;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Joined;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ShareAccess;
import io.agentstream.wire.ViewingCommand.JoinConversation;
import io.agentstream.wire.ViewingCommand.LeaveConversation;
import io.agentstream.wire.ViewingCommand.ListAgents;
import io.agentstream.wire.ViewingCommand.ListConversations;
import io.agentstream.wire.ViewingCommand.StartConversation;
import io.agentstream.wire.ViewingCommand.ViewingHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
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
          conversations.startedBy(asker.user(), asker.party(), String.valueOf(command.requestId())),
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
        asker.in(conversationId),
        (reader, right) ->
            screen.view(
                screen.replay(conversationId, reader, reader.epoch(), 0),
                new ControlFrame.Accepted(conversationId, reader.epoch()),
                requestId));
  }

  @Override
  public void onJoinConversation(JoinConversation command) {
    String id = command.conversationId();
    read(
        id,
        asker.links().visitor(asker.user(), id, command.shareToken()),
        (reader, right) -> {
          if (canReplay(command, reader)) {
            replay(command, reader, right);
          } else {
            snapshot(command, reader, right);
          }
          boolean takesPart = command.presence() != null && command.presence();
          asker.presences().viewing(id, asker.user(), takesPart);
        });
  }

  /** A conversation as a visitor may read it; without a reader if the visitor may not. */
  private record Found(Optional<JournalReader> reader, Right right) {}

  private CompletionStage<Found> find(Visitor visitor, String conversationId) {
    return scope
        .rightsOf(visitor, conversationId)
        .thenCompose(
            right ->
                right.includes(Access.VIEW)
                    ? conversations
                        .read(conversationId)
                        .thenApply(reader -> new Found(reader, right))
                    : CompletableFuture.completedStage(new Found(Optional.empty(), right)));
  }

  /** Views a conversation by {@code view} as soon as it can be read. */
  private void read(String conversationId, Visitor visitor, BiConsumer<JournalReader, Right> view) {
    Object join = screen.joining(conversationId);
    CompletionStage<Void> unused =
        reply
            .whenDone(
                find(visitor, conversationId),
                found -> {
                  if (!screen.joined(conversationId, join)) {
                    reply.refuse(
                        ErrorCode.CONFLICT, "The conversation was left or joined again meanwhile.");
                  } else if (found.reader().isEmpty()) {
                    reply.notFound();
                  } else if (!screen.mayView(conversationId)) {
                    reply.viewsEnough();
                  } else {
                    // First, because a viewer may give a command as soon as it sees the reply.
                    asker.links().coming(conversationId, visitor, found.right());
                    view.accept(found.reader().get(), found.right());
                    asker.links().viewing(conversationId, visitor, found.right());
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

  /** Returns the access that the reply to a join names. */
  private static @Nullable ShareAccess named(Right right) {
    return right.includes(Access.STEER) ? null : ShareAccess.VIEW;
  }

  private void replay(JoinConversation command, JournalReader reader, Right right) {
    long after = command.afterSeq() == null ? 0 : command.afterSeq();
    long epoch = command.epoch() == null ? reader.epoch() : command.epoch();
    screen.view(
        screen.replay(command.conversationId(), reader, epoch, after),
        joined(command, Joined.Mode.REPLAY, epoch, after + 1, reader.head(), right),
        requestId);
  }

  private void snapshot(JoinConversation command, JournalReader reader, Right right) {
    boolean wanted = command.afterSeq() == null;
    screen.view(
        screen.snapshot(command.conversationId(), reader, wanted),
        joined(command, Joined.Mode.SNAPSHOT, reader.epoch(), null, null, right),
        requestId);
  }

  private static Joined joined(
      JoinConversation command,
      Joined.Mode mode,
      long epoch,
      @Nullable Long fromSeq,
      @Nullable Long toSeq,
      Right right) {
    return new Joined(
        command.conversationId(),
        mode,
        epoch,
        fromSeq,
        toSeq,
        named(right),
        right.ofAnother() ? Boolean.FALSE : null);
  }

  @Override
  public void onLeaveConversation(LeaveConversation command) {
    String id = command.conversationId();
    boolean viewed = screen.views(id);
    Visitor visitor = asker.in(id);
    screen.leave(id);
    asker.links().drop(id);
    asker.presences().drop(id);
    reply.whenDone(
        scope.rightsOf(visitor, id),
        right -> {
          if (viewed || right.includes(Access.VIEW)) {
            reply.answer(new ControlFrame.Left(id));
          } else {
            reply.notFound();
          }
        });
  }
}
