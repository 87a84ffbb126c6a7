package io.agentstream.viewer.internal;

import io.agentstream.identity.Access;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The links by which one connection came to conversations. A viewer whose link ends stops viewing
 * at once: at its expiry, when the hub reports a change, and at the latest when the link is checked
 * again, because a report of another node may be lost. Thread-safe.
 */
final class Links {

  /** The header by which clients without a WebSocket send the token of a link. */
  private static final String HEADER = "Agentstream-Share";

  private static final int MAX_TOKEN_CHARS = 128;
  private static final Duration CHECKED_EVERY = Duration.ofSeconds(30);

  private final ViewerContext hub;
  private final Screen screen;
  private final Supplier<@Nullable User> user;
  private final Consumer<String> onEnded;
  private final @Nullable String ofHandshake;
  private final ConcurrentHashMap<String, Link> links = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private static final class Link {
    final String token;
    final @Nullable Instant until;
    final CompletionStage<Void> followed;
    volatile Alarm check = () -> {};

    Link(String token, @Nullable Instant until, CompletionStage<Void> followed) {
      this.token = token;
      this.until = until;
      this.followed = followed;
    }
  }

  /**
   * @param onEnded receives the conversation of a link that has ended
   */
  Links(
      ViewerContext hub,
      Screen screen,
      Supplier<@Nullable User> user,
      Consumer<String> onEnded,
      Handshake handshake) {
    this.hub = hub;
    this.screen = screen;
    this.user = user;
    this.onEnded = onEnded;
    String sent = handshake.header(HEADER);
    this.ofHandshake = sent == null || sent.length() > MAX_TOKEN_CHARS ? null : sent;
  }

  /**
   * Returns the user with the link by which this connection came to the conversation.
   *
   * @param presented the token that the command itself has; null for none
   */
  Visitor visitor(User asking, String conversationId, @Nullable String presented) {
    return new Visitor(asking, token(conversationId, presented));
  }

  private @Nullable String token(String conversationId, @Nullable String presented) {
    if (presented != null) {
      return presented;
    }
    Link known = links.get(conversationId);
    return known == null ? ofHandshake : known.token;
  }

  /**
   * Remembers the link by which the connection is about to view the conversation, so that its
   * commands have the link's rights as soon as it views.
   *
   * @param visitor who joins
   */
  void coming(String conversationId, Visitor visitor, Right right) {
    String token = visitor.shareToken();
    if (right.shareId() == null || token == null) {
      drop(conversationId);
      return;
    }
    Link link = new Link(token, right.until(), hub.conversations.follow(conversationId));
    ended(conversationId, links.put(conversationId, link));
  }

  /**
   * Called when the connection views the conversation. Looks at the link once more, because it may
   * have ended while the join was under way.
   */
  void viewing(String conversationId, Visitor visitor, Right right) {
    if (right.shareId() == null || visitor.shareToken() == null) {
      return;
    }
    Link link = links.get(conversationId);
    if (link == null) {
      onEnded.accept(conversationId);
      screen.shareEnded(conversationId);
      return;
    }
    hub.conversations.came(conversationId, right.shareId(), visitor.user());
    CompletionStage<Void> unused =
        link.followed.whenComplete((done, failure) -> check(conversationId));
    if (closed) {
      drop(conversationId);
    }
  }

  private void ended(String conversationId, @Nullable Link link) {
    if (link != null) {
      link.check.cancel();
      hub.conversations.unfollow(conversationId);
    }
  }

  /** Takes note that the connection no longer views the conversation. */
  void drop(String conversationId) {
    ended(conversationId, links.remove(conversationId));
  }

  void close() {
    closed = true;
    links.keySet().forEach(this::drop);
  }

  /** Looks at the link by which the connection views the conversation, if it came by one. */
  void check(String conversationId) {
    Link link = links.get(conversationId);
    User asking = user.get();
    if (link == null || asking == null) {
      return;
    }
    CompletionStage<Void> unused =
        hub.conversations
            .find(new Visitor(asking, link.token), conversationId)
            .handle(
                (right, failure) -> {
                  if (failure == null ? !right.includes(Access.VIEW) : isOver(link)) {
                    end(conversationId, link);
                  } else {
                    checkLater(conversationId, link);
                  }
                  return null;
                });
  }

  private void end(String conversationId, Link link) {
    if (links.remove(conversationId, link)) {
      ended(conversationId, link);
      onEnded.accept(conversationId);
      screen.shareEnded(conversationId);
    }
  }

  /** Returns true if the link has expired, also while what keeps it cannot be reached. */
  private boolean isOver(Link link) {
    return link.until != null && !hub.settings.clock().now().isBefore(link.until);
  }

  private void checkLater(String conversationId, Link link) {
    Duration wait = CHECKED_EVERY;
    if (link.until != null && !isOver(link)) {
      Duration left = Duration.between(hub.settings.clock().now(), link.until);
      wait = left.compareTo(wait) < 0 ? left : wait;
    }
    link.check.cancel();
    if (!closed && links.get(conversationId) == link) {
      link.check =
          hub.settings
              .clock()
              .schedule(wait.isNegative() ? Duration.ZERO : wait, () -> check(conversationId));
    }
  }
}
