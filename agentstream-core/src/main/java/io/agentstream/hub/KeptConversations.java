package io.agentstream.hub;

import io.agentstream.hub.Account.Kept;
import io.agentstream.settings.Quotas;
import io.agentstream.viewer.internal.Party.Kind;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the heap that this node's conversations use. If a party exceeds its share or its number of
 * conversations, or all parties together exceed the total, the party with the most memory loses
 * conversations early. First it loses those that have ended, the earliest end first; a conversation
 * whose end a viewer has not received yet comes after the others. If none has ended, its largest
 * running conversation is ended with {@code budget}. Thread-safe.
 */
final class KeptConversations {

  private static final long MEBIBYTE = 1024 * 1024;
  private static final int SHARE = 4;
  private static final int SHARE_OF_CROWD = 2;

  private final int mostOfOne;
  private final long mostBytes;
  private final Executor executor;
  private final Predicate<String> isAwaited;
  private final AtomicBoolean relieving = new AtomicBoolean();

  // Guarded by this.
  private final Set<Account> accounts = new HashSet<>();
  private long bytes;
  private int count;

  /**
   * @param executor ends and removes conversations
   * @param isAwaited true for the id of a conversation if a viewer of it has not received all its
   *     events; called without a lock
   */
  KeptConversations(Quotas quotas, Executor executor, Predicate<String> isAwaited) {
    this.mostOfOne = quotas.keptConversationsPerUser();
    this.mostBytes = quotas.keptMegabytes() * MEBIBYTE;
    this.executor = executor;
    this.isAwaited = isAwaited;
  }

  void opened(Kept kept, long initialBytes) {
    synchronized (this) {
      kept.account().conversations.add(kept);
      accounts.add(kept.account());
      count++;
    }
    grew(kept, initialBytes);
  }

  /**
   * Reserves memory for a conversation for a while, if there is room or the removal of ended
   * conversations can make room. The caller returns it with a negative {@link #grew}.
   *
   * @return false if there is no room; then nothing is reserved
   */
  boolean lend(Kept kept, long more) {
    boolean fits;
    boolean tooMuch;
    synchronized (this) {
      fits = hasRoom(kept.account(), more);
      if (fits) {
        add(kept, more);
      }
      tooMuch = isTooMuch() || isTooMuch(kept.account());
    }
    if (tooMuch) {
      relieve();
    }
    return fits;
  }

  private boolean hasRoom(Account account, long more) {
    return mostBytes == 0
        || account.party.kind() == Kind.APPLICATION
        || (canFree(account, account.keptBytes + more - share(account))
            && (bytes + more <= mostBytes || canFree(heaviest(), bytes + more - mostBytes)));
  }

  /** Returns true if removing the account's ended conversations frees {@code missing} bytes. */
  private static boolean canFree(Account account, long missing) {
    long left = missing;
    for (Kept kept : account.conversations) {
      if (left <= 0) {
        break;
      }
      left -= kept.isRunning() ? 0 : kept.bytes;
    }
    return left <= 0;
  }

  private Account heaviest() {
    return Collections.max(
        accounts, Comparator.comparingLong((Account account) -> account.keptBytes));
  }

  private void add(Kept kept, long more) {
    // Bytes of a removed conversation are not added, because nothing would subtract them later.
    if (kept.account().conversations.contains(kept)) {
      kept.bytes += more;
      kept.account().keptBytes += more;
      bytes += more;
    }
  }

  /** Adds to a conversation's memory; a negative number subtracts. */
  void grew(Kept kept, long more) {
    boolean tooMuch;
    synchronized (this) {
      add(kept, more);
      tooMuch = isTooMuch() || isTooMuch(kept.account());
    }
    if (tooMuch) {
      relieve();
    }
  }

  /** Reports the end of a run, so that the conversation may be removed if necessary. */
  void ended(Kept kept, long now) {
    boolean tooMuch;
    synchronized (this) {
      kept.leaving = false;
      kept.endedAt = now;
      tooMuch = isTooMuch() || isTooMuch(kept.account());
    }
    if (tooMuch) {
      relieve();
    }
  }

  synchronized void closed(Kept kept) {
    Account account = kept.account();
    if (account.conversations.remove(kept)) {
      account.keptBytes -= kept.bytes;
      bytes -= kept.bytes;
      count--;
      if (account.conversations.isEmpty()) {
        accounts.remove(account);
      }
    }
  }

  synchronized int count() {
    return count;
  }

  synchronized long bytes() {
    return bytes;
  }

  private boolean isTooMuch() {
    return mostBytes > 0 && bytes > mostBytes;
  }

  private boolean isTooMuch(Account account) {
    if (account.party.kind() == Kind.APPLICATION) {
      return false;
    }
    long most = (long) mostOfOne * (account.party.isCrowd() ? Accounts.CROWD_FACTOR : 1);
    return (mostBytes > 0 && account.keptBytes > share(account))
        || (mostOfOne > 0 && account.conversations.size() > most);
  }

  private long share(Account account) {
    return mostBytes / (account.party.isCrowd() ? SHARE_OF_CROWD : SHARE);
  }

  /** Makes room on another thread: the calling thread is in the middle of a conversation. */
  private void relieve() {
    if (relieving.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            // Cleared before the check, so that additions during the check cause another one.
            relieving.set(false);
            makeRoom();
          });
    }
  }

  private void makeRoom() {
    Set<Kept> awaited = new HashSet<>();
    for (Kept next = next(awaited); next != null; next = next(awaited)) {
      boolean spared = next.isAwaited(isAwaited) && awaited.add(next);
      if (!spared && leaves(next)) {
        next.makeRoom();
      }
    }
  }

  /** Marks it as leaving; returns false if another thread has done so or there is room again. */
  private synchronized boolean leaves(Kept kept) {
    boolean leaves = !kept.leaving && (isTooMuch() || isTooMuch(kept.account()));
    kept.leaving |= leaves;
    return leaves;
  }

  private synchronized @Nullable Kept next(Set<Kept> awaited) {
    List<Account> heaviestFirst =
        accounts.stream()
            .sorted(Comparator.comparingLong((Account account) -> account.keptBytes).reversed())
            .toList();
    boolean all = isTooMuch();
    for (Account account : heaviestFirst) {
      Kept chosen = all || isTooMuch(account) ? chosen(account, awaited) : null;
      if (chosen != null) {
        return chosen;
      }
    }
    return null;
  }

  private static @Nullable Kept chosen(Account account, Set<Kept> awaited) {
    Kept ended = firstEnded(account, awaited);
    return ended != null ? ended : largestRunning(account);
  }

  private static @Nullable Kept firstEnded(Account account, Set<Kept> awaited) {
    return conversations(account, kept -> !kept.isRunning())
        .min(
            Comparator.<Kept, Boolean>comparing(awaited::contains)
                .thenComparingLong(kept -> kept.endedAt))
        .orElse(null);
  }

  private static @Nullable Kept largestRunning(Account account) {
    return account.party.kind() == Kind.APPLICATION
        ? null
        : conversations(account, Kept::isRunning)
            .max(Comparator.comparingLong(kept -> kept.bytes))
            .orElse(null);
  }

  private static Stream<Kept> conversations(Account account, Predicate<Kept> which) {
    return account.conversations.stream().filter(Kept::canLeave).filter(which);
  }
}
