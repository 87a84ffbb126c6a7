package io.agentstream.hub;

import io.agentstream.backplane.Signals;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.User;
import io.agentstream.sharing.NewShare;
import io.agentstream.sharing.Shares;
import io.agentstream.viewer.internal.Authors;
import io.agentstream.viewer.internal.Right;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Share;
import io.agentstream.wire.ShareAccess;
import io.agentstream.wire.SharingCommand;
import io.agentstream.wire.SharingCommand.RevokeShare;
import io.agentstream.wire.SharingCommand.ShareConversation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shares conversations by links. A person who has the token of a link may view the conversation, or
 * steer it, until the link expires or is revoked. {@link ConversationHub#sharing} returns it.
 *
 * <p>Over the wire only the owner may share a conversation ({@link
 * io.agentstream.identity.ConversationAccess#mayShare}). The methods here are for the application
 * itself and ask for no rights. Thread-safe; no method blocks. The stages fail with {@link
 * io.agentstream.journal.UnavailableException} if what keeps the links cannot be reached.
 */
public final class Sharing {

  /** The name of the signal that the links of a conversation have changed. */
  static final String CHANGED = "shares";

  private final @Nullable Shares shares;
  private final Signals signals;
  private final Consumer<String> onChanged;

  /**
   * @param shares null if the backplane keeps no links
   * @param onChanged receives the id of a conversation whose links were revoked here
   */
  Sharing(@Nullable Shares shares, Signals signals, Consumer<String> onChanged) {
    this.shares = shares;
    this.signals = signals;
    this.onChanged = onChanged;
  }

  /**
   * Makes a link.
   *
   * @param conversationId a conversation that exists
   * @param access the rights of those who come by it
   * @param lifetime when it ends by itself; null for never
   * @return the link with its token; fails with an {@link IllegalStateException} if the
   *     conversation has as many as {@link ConversationHubBuilder#linksPerConversation} allows, or
   *     if the backplane keeps no links
   */
  public CompletionStage<NewShare> share(
      String conversationId, ShareAccess access, @Nullable Duration lifetime) {
    if (lifetime != null && (lifetime.isNegative() || lifetime.isZero())) {
      throw new IllegalArgumentException("lifetime must be positive, not " + lifetime);
    }
    return create(conversationId, access, lifetime)
        .exceptionallyCompose(
            failure -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              return CompletableFuture.failedStage(
                  cause instanceof ProtocolException refused
                      ? new IllegalStateException(refused.reason())
                      : cause);
            });
  }

  private CompletionStage<NewShare> create(
      String conversationId, ShareAccess access, @Nullable Duration lifetime) {
    return shares == null ? refused() : shares.create(conversationId, access, lifetime);
  }

  /** Returns the links of a conversation that are valid, newest first. */
  public CompletionStage<List<Share>> list(String conversationId) {
    return shares == null
        ? CompletableFuture.completedStage(List.of())
        : shares.list(conversationId);
  }

  /**
   * Ends a link. Viewers on this node that came by it get no further event; viewers on other nodes
   * as soon as these have heard of it.
   *
   * @return false if the conversation has no such link
   */
  public CompletionStage<Boolean> revoke(String conversationId, String shareId) {
    if (shares == null) {
      return CompletableFuture.completedStage(false);
    }
    return shares
        .revoke(conversationId, shareId)
        .whenComplete(
            (revoked, failure) -> {
              onChanged.accept(conversationId);
              signals.send(conversationId, CHANGED);
            });
  }

  /** Carries out a viewer's command. */
  CompletionStage<ControlFrame> carryOut(SharingCommand command, Right right) {
    ProtocolException refusal = refusal(right);
    if (refusal != null) {
      return CompletableFuture.failedStage(refusal);
    }
    String id = command.conversationId();
    if (command instanceof ShareConversation share) {
      Integer seconds = share.expiresInSeconds();
      return create(id, share.access(), seconds == null ? null : Duration.ofSeconds(seconds))
          .thenApply(made -> new ControlFrame.Shared(id, made.share(), made.token()));
    }
    if (command instanceof RevokeShare revocation) {
      return revoke(id, revocation.shareId())
          .thenCompose(
              done ->
                  done
                      ? CompletableFuture.completedStage(new ControlFrame.Accepted(id, null))
                      : CompletableFuture.failedStage(
                          new ProtocolException(
                              ErrorCode.NOT_FOUND, "The conversation has no such link.", null)));
    }
    return list(id).thenApply(links -> new ControlFrame.Shares(id, links));
  }

  private static @Nullable ProtocolException refusal(Right right) {
    if (right.mayShare()) {
      return null;
    }
    return new ProtocolException(
        ErrorCode.NOT_FOUND,
        switch (right.access()) {
          case NONE -> Right.NO_SUCH_CONVERSATION;
          case VIEW -> "The conversation is yours to view and not to share.";
          case STEER ->
              "Only its owner may share a conversation. One without a known owner is open to"
                  + " anyone who knows its id.";
        },
        null);
  }

  private static <T> CompletionStage<T> refused() {
    return CompletableFuture.failedStage(
        new ProtocolException(
            ErrorCode.UNKNOWN_TYPE, "This server lets nobody share conversations.", null));
  }

  /** Records that a user has joined a conversation by a link. */
  void came(String conversationId, String shareId, User user) {
    if (shares != null) {
      shares.came(conversationId, shareId, Authors.of(user));
    }
  }
}
