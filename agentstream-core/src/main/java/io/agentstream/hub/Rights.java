package io.agentstream.hub;

import io.agentstream.backplane.Directory;
import io.agentstream.identity.Access;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.sharing.Shares;
import io.agentstream.viewer.internal.Right;
import io.agentstream.viewer.internal.Visitor;
import io.agentstream.wire.KeptShare;
import io.agentstream.wire.ShareAccess;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a visitor may do in a conversation: by the rules of the application, or by a link if
 * that gives more. Every command that names a conversation is decided here.
 *
 * @param shares null if there are no links
 */
record Rights(Directory directory, ConversationAccess access, @Nullable Shares shares) {

  CompletionStage<Right> of(Visitor visitor, String conversationId) {
    return directory
        .find(conversationId)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(Right.NONE)
                    : of(visitor, found.get()));
  }

  private CompletionStage<Right> of(Visitor visitor, ConversationInfo conversation) {
    Access own = access.of(visitor.user(), conversation);
    boolean mayShare = access.mayShare(visitor.user(), conversation);
    Right right = new Right(own, mayShare, null, null, isOfAnother(visitor.user(), conversation));
    String token = visitor.shareToken();
    if (token == null || shares == null || own.includes(Access.STEER)) {
      return CompletableFuture.completedStage(right);
    }
    return shares
        .match(conversation.conversationId(), token)
        .thenApply(share -> with(share, right));
  }

  private static Right with(Optional<KeptShare> link, Right own) {
    if (link.isEmpty()) {
      return own;
    }
    KeptShare share = link.get();
    Access given = share.access() == ShareAccess.STEER ? Access.STEER : Access.VIEW;
    Long until = share.expiresAt();
    return own.access().includes(given)
        ? own
        : new Right(
            given,
            false,
            share.id(),
            until == null ? null : Instant.ofEpochMilli(until),
            own.ofAnother());
  }

  private static boolean isOfAnother(User visitor, ConversationInfo conversation) {
    User owner = conversation.owner();
    return owner != null
        && !owner.anonymous()
        && (visitor.anonymous() || !visitor.id().equals(owner.id()));
  }
}
