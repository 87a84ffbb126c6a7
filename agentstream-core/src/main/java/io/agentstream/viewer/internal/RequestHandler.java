package io.agentstream.viewer.internal;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Access;
import io.agentstream.identity.User;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.JournalReader;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ClientCommand.Authenticate;
import io.agentstream.wire.ClientCommand.Authored;
import io.agentstream.wire.ClientCommand.CallOn;
import io.agentstream.wire.ClientCommand.CatalogueCommand;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import io.agentstream.wire.ClientCommand.DeleteConversation;
import io.agentstream.wire.ClientCommand.EditMessage;
import io.agentstream.wire.ClientCommand.InputResponse;
import io.agentstream.wire.ClientCommand.JoinConversation;
import io.agentstream.wire.ClientCommand.LeaveConversation;
import io.agentstream.wire.ClientCommand.ListConversations;
import io.agentstream.wire.ClientCommand.RenameConversation;
import io.agentstream.wire.ClientCommand.SetName;
import io.agentstream.wire.ClientCommand.StartConversation;
import io.agentstream.wire.ClientCommand.WithdrawMessage;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Joined;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out one connection's requests and sends the replies. */
final class RequestHandler implements ClientCommand.Handler {

  private static final String LISTS = "lists";

  /** How long the events of a conversation wait for the reply to a command that concerns it. */
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

  private static final String OF_CONVERSATION = "conversation ";

  private final Conversations conversations;
  private final Admission admission;
  private final Screen screen;
  private final CommandLanes lanes;
  private final ChatClock clock;
  private final Asker asker;
  private final @Nullable String requestId;
  private final Request request;
  private final Reply reply;

  /**
   * The sender of a request.
   *
   * @param party the party to which it counts
   */
  record Asker(User user, Party party) {}

  RequestHandler(
      ViewerContext hub, Screen screen, CommandLanes lanes, Asker asker, Request request) {
    this.conversations = hub.conversations;
    this.admission = hub.admission;
    this.screen = screen;
    this.lanes = lanes;
    this.clock = hub.settings.clock();
    this.asker = asker;
    this.requestId = request.id();
    this.request = request;
    this.reply = new Reply(screen, requestId);
  }

  @Override
  public void onListAgents() {
    list(() -> conversations.agents(asker.user()));
  }

  @Override
  public void onCatalogueCommand(CatalogueCommand command) {
    list(() -> conversations.edit(command, asker.user()));
  }

  @Override
  public void onListConversations(ListConversations command) {
    list(() -> conversations.list(asker.user(), command));
  }

  /** Lists are long, so the next one is built when the viewer has read the previous one. */
  private void list(Supplier<CompletionStage<? extends ControlFrame>> list) {
    inTurn(
        LISTS,
        () -> {
          CompletableFuture<Void> left = new CompletableFuture<>();
          CompletionStage<Void> unused =
              reply
                  .whenDone(
                      list.get(),
                      frame -> screen.answer(frame, requestId, () -> left.complete(null)))
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
  private void inTurn(String lane, Supplier<CompletionStage<?>> command) {
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

  @Override
  public void onAuthenticate(Authenticate command) {
    throw new IllegalStateException("The connection itself authenticates its viewer");
  }

  @Override
  public void onSetName(SetName command) {
    throw new IllegalStateException("The connection itself knows its viewer");
  }

  @Override
  public void onStartConversation(StartConversation command) {
    if (request.repeats()) {
      reply.whenDone(
          conversations.startedBy(asker.user(), String.valueOf(command.requestId())),
          started -> started.ifPresentOrElse(this::viewFromStart, reply::notFound));
      return;
    }
    if (!admission.start(asker.party())) {
      reply.refuse(Refusal.TOO_MANY_STARTS);
      return;
    }
    if (!screen.mayViewAnother()) {
      reply.viewsEnough();
      return;
    }
    try {
      reply.whenDone(
          conversations.start(command, request.beginning(), asker.user(), asker.party()),
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
                accessTo(conversationId)
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
        accessTo(id),
        access -> {
          if (viewed || access.includes(Access.VIEW)) {
            reply.answer(new ControlFrame.Left(id));
          } else {
            reply.notFound();
          }
        });
  }

  @Override
  public void onConversationCommand(ConversationCommand command) {
    String id = command.conversationId();
    inTurn(OF_CONVERSATION + id, () -> steerInTurn(command));
  }

  private CompletionStage<?> steerInTurn(ConversationCommand command) {
    String id = command.conversationId();
    screen.hold(id);
    CompletableFuture<Void> released = new CompletableFuture<>();
    CompletionStage<Void> carriedOut =
        reply
            .whenDone(accessTo(id).thenCompose(access -> steer(command, access)), done -> {})
            .whenComplete((done, failure) -> released.complete(null));
    if (released.isDone()) {
      screen.release(id);
    } else {
      // A store that is slow to commit must not keep the events from its viewers.
      Alarm alarm = clock.schedule(LONGEST_HOLD, () -> released.complete(null));
      CompletionStage<Void> unused =
          released.thenRun(
              () -> {
                alarm.cancel();
                screen.release(id);
              });
    }
    return carriedOut;
  }

  private CompletionStage<Void> steer(ConversationCommand command, Access access) {
    if (access.includes(Access.STEER)) {
      return conversations.steer(authored(command)).thenAccept(outcome -> answer(command, outcome));
    }
    if (access.includes(Access.VIEW)) {
      reply.refuse(ErrorCode.NOT_FOUND, "The conversation is yours to view and not to steer.");
    } else {
      reply.notFound();
    }
    return CompletableFuture.completedStage(null);
  }

  /** Returns the command with its sender, if events are to tell who it was. */
  private ConversationCommand authored(ConversationCommand command) {
    boolean hasNoEvent =
        command instanceof RenameConversation || command instanceof DeleteConversation;
    return hasNoEvent ? command : new Authored(command, Authors.of(asker.user()));
  }

  /** Returns the user's rights in a conversation; none if it does not exist. */
  private CompletionStage<Access> accessTo(String conversationId) {
    try {
      return conversations.find(asker.user(), conversationId);
    } catch (Throwable e) {
      // Treated like a later failure, so that everything that waits for it is undone.
      UserCode.caught(e);
      return CompletableFuture.failedStage(e);
    }
  }

  private void answer(ConversationCommand command, SteeringOutcome outcome) {
    switch (outcome) {
      case ACCEPTED -> reply.answer(new ControlFrame.Accepted(command.conversationId(), null));
      case NOT_FOUND -> notFound(command);
      case CONFLICT ->
          reply.refuse(ErrorCode.CONFLICT, "The conversation is not in a state for it.");
      case INVALID ->
          reply.refuse(ErrorCode.INVALID_FIELD, "'content' must be one of the choices.");
      case LIMIT_EXCEEDED ->
          reply.refuse(
              ErrorCode.LIMIT_EXCEEDED,
              "The conversation is full, or too many messages wait, or too many conversations"
                  + " run.");
      case RATE_LIMITED -> reply.refuse(Refusal.TOO_MANY_STARTS);
      case BUDGET_EXCEEDED -> reply.refuse(Refusal.BUDGET);
      case UNAVAILABLE -> reply.refuse(Refusal.SERVER_BUSY);
    }
  }

  private void notFound(ConversationCommand command) {
    String problem = missing(command);
    if (problem == null) {
      reply.notFound();
      return;
    }
    reply.whenDone(
        conversations.read(command.conversationId()),
        reader -> {
          if (reader.isEmpty()) {
            reply.notFound();
          } else {
            reply.refuse(ErrorCode.NOT_FOUND, problem);
          }
        });
  }

  /** Returns what a conversation that exists does not have; null if the command needs nothing. */
  private static @Nullable String missing(ConversationCommand command) {
    if (command instanceof InputResponse) {
      return "The conversation does not wait for this answer.";
    }
    if (command instanceof CallOn) {
      return "The conversation has no such participant.";
    }
    boolean ofQueue = command instanceof EditMessage || command instanceof WithdrawMessage;
    return ofQueue ? "The message does not wait, or no longer." : null;
  }

  @Override
  public void onPing() {
    reply.answer(new ControlFrame.Pong());
  }

  @Override
  public void onPong() {
    // Only its arrival matters, and the heartbeat has noticed it.
  }
}
