package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.CloseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates one connection. It checks the handshake first; if that does not identify the
 * viewer, a token must do so within a time limit. One attempt is in progress at a time, and a
 * deadline applies while it waits for the viewer's token or for the authenticator. Thread-safe.
 */
final class ViewerIdentity {

  private static final Logger log = LoggerFactory.getLogger(ViewerIdentity.class);

  /** An alarm that is later than this part of the patience shows that the process stood still. */
  private static final int LATE_PART = 5;

  /** The most times that a late alarm extends the deadline, so that none stays open for ever. */
  private static final int MOST_DELAYS = 3;

  /** Receives the results; called without a lock. */
  interface Owner {
    /**
     * The viewer may continue.
     *
     * @param tokenWithin how long a token is awaited; null if none is
     * @param expiresAt null for never
     */
    void welcome(
        boolean authenticated,
        @Nullable Duration tokenWithin,
        @Nullable Instant expiresAt,
        @Nullable String requestId);

    void expiring(Instant expiresAt);

    void refuse(ErrorCode code, String message, @Nullable String requestId);

    void close(CloseCode why);
  }

  private final String connectionId;
  private final @Nullable Authenticator authenticator;
  private final Executor executor;
  private final ChatClock clock;
  private final Duration patience;
  private final Handshake handshake;
  private final Owner owner;
  private final AuthExpiry expiry;

  // Written by the current attempt.
  private volatile @Nullable User user;

  // Guarded by this.
  private boolean attemptUnderWay;
  private boolean stopped;
  private int deadlines;
  private int delays;
  private Alarm deadline = () -> {};

  ViewerIdentity(
      String connectionId,
      @Nullable Authenticator authenticator,
      HubSettings settings,
      Handshake handshake,
      Owner owner) {
    this.connectionId = connectionId;
    this.authenticator = authenticator;
    this.executor = settings.executor();
    this.clock = settings.clock();
    Timeouts timeouts = settings.timeouts();
    this.patience = timeouts.authentication();
    // Kept for as long as the connection, so not for nothing.
    this.handshake = authenticator == null ? Handshake.none() : handshake;
    this.owner = owner;
    this.expiry =
        new AuthExpiry(
            clock,
            timeouts.authExpiryWarning(),
            owner::expiring,
            () -> owner.close(CloseCode.AUTHENTICATION_EXPIRED));
  }

  /** Returns the sender of commands; null while no commands are accepted. */
  @Nullable User user() {
    return user;
  }

  /** Names an anonymous viewer; returns false if the viewer is no longer anonymous. */
  synchronized boolean name(String name) {
    User current = user;
    if (current == null || !current.anonymous()) {
      return false;
    }
    user = current.named(name);
    return true;
  }

  /** Looks at the handshake. */
  void begin() {
    Authenticator looks = authenticator;
    if (looks == null) {
      user = User.anonymous(connectionId);
      owner.welcome(false, null, null, null);
      return;
    }
    attempt(() -> looks.authenticate(handshake), this::onHandshake, null);
  }

  /** Looks at a token. */
  void authenticate(String token, @Nullable String requestId) {
    Authenticator looks = authenticator;
    if (looks == null) {
      owner.welcome(false, null, null, requestId);
      return;
    }
    attempt(
        () -> looks.authenticate(token, handshake),
        outcome -> onToken(outcome, requestId),
        requestId);
  }

  /** Stops waiting. */
  void stop() {
    synchronized (this) {
      stopped = true;
      waitForNobody();
    }
    expiry.stop();
  }

  private void attempt(
      Supplier<CompletionStage<Authentication>> look, Decision decision, @Nullable String id) {
    boolean alone = beginAttempt();
    if (!alone) {
      owner.refuse(ErrorCode.CONFLICT, "An authentication is under way; await its answer.", id);
      return;
    }
    try {
      executor.execute(() -> run(look, decision));
    } catch (Throwable e) {
      UserCode.caught(e);
      failed(e);
    }
  }

  private synchronized boolean beginAttempt() {
    if (attemptUnderWay || stopped) {
      return false;
    }
    attemptUnderWay = true;
    waitFor(CloseCode.INTERNAL_ERROR);
    return true;
  }

  private void run(Supplier<CompletionStage<Authentication>> look, Decision decision) {
    if (!attemptBegins()) {
      return;
    }
    try {
      CompletionStage<Void> unused =
          look.get()
              .handle(
                  (outcome, failure) -> {
                    if (outcome == null) {
                      failed(failure);
                    } else if (endAttempt()) {
                      decide(decision, outcome);
                    }
                    return null;
                  });
    } catch (Throwable e) {
      UserCode.caught(e);
      failed(e);
    }
  }

  /** Restarts the deadline, because the executor may have used the time up. */
  private synchronized boolean attemptBegins() {
    waitFor(CloseCode.INTERNAL_ERROR);
    return !stopped;
  }

  /** Nothing waits for the outcome, so a defect here must not leave the connection open. */
  private void decide(Decision decision, Authentication outcome) {
    try {
      decision.on(outcome);
    } catch (Throwable e) {
      UserCode.caught(e);
      failed(e);
    }
  }

  /** Returns true if its outcome still matters. */
  private synchronized boolean endAttempt() {
    attemptUnderWay = false;
    waitForNobody();
    return !stopped;
  }

  private void failed(@Nullable Throwable failure) {
    if (endAttempt()) {
      // Neither the text nor the trace: they may quote what the viewer has sent.
      log.error("Connection {}: the authenticator failed with {}", connectionId, nameOf(failure));
      owner.close(CloseCode.INTERNAL_ERROR);
    }
  }

  private static String nameOf(@Nullable Throwable failure) {
    if (failure == null) {
      return "no answer";
    }
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null
        ? cause.getClass().getName()
        : failure.getClass().getName();
  }

  private void onHandshake(Authentication outcome) {
    if (outcome instanceof Authentication.Anonymous) {
      user = User.anonymous(connectionId);
      owner.welcome(false, null, null, null);
    } else if (outcome instanceof Authentication.AwaitToken) {
      awaitToken();
    } else {
      onToken(outcome, null);
    }
  }

  private void awaitToken() {
    synchronized (this) {
      waitFor(CloseCode.NOT_AUTHENTICATED);
    }
    owner.welcome(false, patience, null, null);
  }

  private void onToken(Authentication outcome, @Nullable String requestId) {
    if (outcome instanceof Authentication.Known known && mayBecome(known)) {
      become(known.user());
      owner.welcome(true, null, known.expiresAt(), requestId);
      expiry.set(known.expiresAt());
    } else {
      owner.close(CloseCode.NOT_AUTHENTICATED);
    }
  }

  /** With the lock, so that a name for the anonymous viewer comes before or not at all. */
  private synchronized void become(User known) {
    user = known;
  }

  private boolean mayBecome(Authentication.Known known) {
    User before = user;
    return (known.expiresAt() == null || clock.now().isBefore(known.expiresAt()))
        && (before == null || before.anonymous() || before.equals(known.user()));
  }

  /** Sets the deadline, in place of the one before; called with the lock. */
  private void waitFor(CloseCode whenOver) {
    waitForNobody();
    if (!stopped) {
      int mine = deadlines;
      long due = clock.nanoTime() + patience.toNanos();
      deadline = clock.schedule(patience, () -> over(mine, due, whenOver));
    }
  }

  /** Called with the lock. */
  private void waitForNobody() {
    deadlines++;
    deadline.cancel();
  }

  private void over(int ringing, long due, CloseCode why) {
    synchronized (this) {
      // The awaited result may have arrived while the alarm rang.
      if (stopped || ringing != deadlines) {
        return;
      }
      long late = clock.nanoTime() - due;
      if (late > patience.toNanos() / LATE_PART && delays < MOST_DELAYS) {
        // The token may have arrived and be unread.
        delays++;
        waitFor(why);
        return;
      }
      stopped = true;
    }
    owner.close(why);
  }

  private interface Decision {
    void on(Authentication outcome);
  }
}
