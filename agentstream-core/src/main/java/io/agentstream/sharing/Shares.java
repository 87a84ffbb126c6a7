package io.agentstream.sharing;

import io.agentstream.backplane.KeptShares;
import io.agentstream.event.Author;
import io.agentstream.event.ErrorCode;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.KeptShare;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Share;
import io.agentstream.wire.ShareAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The links of all conversations. Knows nothing of owners. Thread-safe; no method blocks. */
public final class Shares {

  private final ShareDocuments documents;
  private final Visits visits;
  private final ChatClock clock;
  private final int most;

  /**
   * Begins to use what keeps the links.
   *
   * @param most how many links that are valid one conversation may have
   */
  public Shares(KeptShares kept, ChatClock clock, int most) {
    this.documents = new ShareDocuments(kept);
    this.visits = new Visits(documents, clock);
    this.clock = clock;
    this.most = most;
  }

  /**
   * Makes a link. The stage fails with a {@link ProtocolException} if the conversation has as many
   * as it may.
   *
   * @param lifetime null if only a revocation ends it
   */
  public CompletionStage<NewShare> create(
      String conversationId, ShareAccess access, @Nullable Duration lifetime) {
    Instant now = clock.now();
    String token = ShareTokens.newToken();
    KeptShare made =
        new KeptShare(
            ShareTokens.newId(),
            access,
            ShareTokens.digest(token),
            now.toEpochMilli(),
            lifetime == null ? null : now.plus(lifetime).toEpochMilli(),
            0,
            List.of());
    return documents
        .change(
            conversationId,
            shares -> {
              List<KeptShare> valid = valid(shares, now);
              return valid.size() < most
                  ? Optional.of(Stream.concat(Stream.of(made), valid.stream()).toList())
                  : Optional.empty();
            })
        .thenCompose(
            done ->
                done
                    ? CompletableFuture.completedStage(new NewShare(made.shown(), token))
                    : CompletableFuture.failedStage(full()));
  }

  private ProtocolException full() {
    return new ProtocolException(
        ErrorCode.LIMIT_EXCEEDED,
        most == 0
            ? "This server lets nobody share conversations."
            : "A conversation may have " + most + " links at the most: revoke one.",
        null);
  }

  /** Returns the links that are valid, newest first. */
  public CompletionStage<List<Share>> list(String conversationId) {
    return documents
        .of(conversationId)
        .thenApply(shares -> valid(shares, clock.now()).stream().map(KeptShare::shown).toList());
  }

  /** Ends a link; returns false if there is none of this id. */
  public CompletionStage<Boolean> revoke(String conversationId, String shareId) {
    return documents.change(
        conversationId,
        shares -> {
          List<KeptShare> others =
              shares.stream().filter(share -> !share.id().equals(shareId)).toList();
          return others.size() == shares.size() ? Optional.empty() : Optional.of(others);
        });
  }

  /** Returns the link that has this token, if it is one of this conversation and valid. */
  public CompletionStage<Optional<KeptShare>> match(String conversationId, String token) {
    String digest = ShareTokens.digest(token);
    return documents
        .of(conversationId)
        .thenApply(
            shares ->
                valid(shares, clock.now()).stream()
                    .filter(share -> ShareTokens.isSame(share.digest(), digest))
                    .findFirst());
  }

  /** Records that somebody came by a link. A crash loses the visits of the last second. */
  public void came(String conversationId, String shareId, Author author) {
    visits.add(conversationId, shareId, new KeptShare.Visitor(author, clock.now().toEpochMilli()));
  }

  private static List<KeptShare> valid(List<KeptShare> shares, Instant now) {
    return shares.stream().filter(share -> share.isValid(now)).toList();
  }
}
