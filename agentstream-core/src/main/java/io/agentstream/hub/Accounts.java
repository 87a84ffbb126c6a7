package io.agentstream.hub;

import io.agentstream.settings.Quotas;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.internal.Party;
import io.agentstream.viewer.internal.Party.Kind;
import io.agentstream.viewer.internal.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the model usage of each party's conversations, and decides whether they may use more. An
 * account is discarded only when a new account would be equal. If too many strangers have an
 * account, further ones share the account of unknown viewers. Thread-safe.
 */
final class Accounts {

  /** How many strangers have an account of their own at once. */
  static final int MOST_STRANGERS = 10_000;

  /** The factor by which all indistinguishable viewers together may use more than one user. */
  static final int CROWD_FACTOR = 10;

  private static final long SWEEP_NANOS = 1_000_000_000L;

  private final Quotas quotas;
  private final ChatClock clock;
  private final Allotment server;
  private final Allotment strangers;

  // Guarded by this.
  private final Map<Party, Account> accounts = new HashMap<>();
  private int strangerAccounts;
  private long sweptAt;

  Accounts(Quotas quotas, ChatClock clock) {
    this.quotas = quotas;
    this.clock = clock;
    this.sweptAt = clock.nanoTime();
    this.server = allotment(1, 1, Refusal.SERVER_BUSY);
    this.strangers = allotment(1, 2, Refusal.SERVER_BUSY);
  }

  private Allotment allotment(int times, int divisor, Refusal whenTooManyRun) {
    return new Allotment(
        part(quotas.runningConversations(), times, divisor),
        part(quotas.modelCallsPerHour(), times, divisor),
        part(quotas.tokensPerDay(), times, divisor),
        whenTooManyRun);
  }

  private Allotment own(int times) {
    return new Allotment(
        part(quotas.runningConversationsPerUser(), times, 1),
        part(quotas.modelCallsPerHourPerUser(), times, 1),
        part(quotas.tokensPerDayPerUser(), times, 1),
        Refusal.TOO_MANY_RUNNING);
  }

  /** Keeps 0, which means no limit, and never rounds another value to 0. */
  private static int part(int quota, int times, int divisor) {
    return quota == 0
        ? 0
        : (int) Math.min(Integer.MAX_VALUE, Math.max(1, (long) quota * times / divisor));
  }

  /** Returns the account of a party. */
  synchronized Account of(Party party) {
    Account known = accounts.get(party);
    if (known != null) {
      return known;
    }
    if (party.kind() == Kind.ADDRESS && strangerAccounts >= MOST_STRANGERS) {
      sweep(clock.nanoTime());
    }
    if (party.kind() == Kind.ADDRESS && strangerAccounts >= MOST_STRANGERS) {
      return of(Party.UNKNOWN);
    }
    Account made = new Account(party, allotments(party));
    accounts.put(party, made);
    strangerAccounts += party.kind() == Kind.ADDRESS ? 1 : 0;
    return made;
  }

  private List<Allotment> allotments(Party party) {
    return switch (party.kind()) {
      case USER -> List.of(own(1), server);
      case ADDRESS -> List.of(own(1), strangers, server);
      case UNKNOWN -> List.of(own(CROWD_FACTOR), strangers, server);
      case TAKEN_OVER -> List.of(own(CROWD_FACTOR), server);
      case APPLICATION -> List.of(server);
    };
  }

  private void sweep(long now) {
    if (now - sweptAt >= SWEEP_NANOS) {
      sweptAt = now;
      accounts.values().removeIf(account -> account.isForgettable(now));
      strangerAccounts =
          (int) accounts.keySet().stream().filter(party -> party.kind() == Kind.ADDRESS).count();
    }
  }

  /**
   * Begins a run of this account if it may.
   *
   * @return the reason for a refusal; null if it has begun
   */
  synchronized @Nullable Refusal begin(Account account) {
    if (account.party.kind() != Kind.APPLICATION) {
      long now = clock.nanoTime();
      for (Allotment allotment : account.allotments) {
        Refusal refusal = allotment.refusal(now);
        if (refusal != null) {
          return refusal;
        }
      }
    }
    account.allotments.forEach(Allotment::runBegins);
    return null;
  }

  /** Begins a run that must not be refused, because another node was running it. */
  synchronized void resume(Account account) {
    account.allotments.forEach(Allotment::runBegins);
  }

  /** Counts the end of a run. */
  synchronized void end(Account account) {
    account.allotments.forEach(Allotment::runEnds);
  }

  /** Counts a call to a model, unless it exceeds the quota. */
  synchronized boolean call(Account account) {
    long now = clock.nanoTime();
    boolean allowed =
        account.party.kind() == Kind.APPLICATION
            || account.allotments.stream().allMatch(allotment -> allotment.mayCall(now));
    if (allowed) {
      account.allotments.forEach(allotment -> allotment.called(now));
    }
    return allowed;
  }

  /** Counts a call's usage. */
  synchronized void used(Account account, long tokens) {
    long now = clock.nanoTime();
    account.allotments.forEach(allotment -> allotment.used(tokens, now));
  }

  /** Counts tokens that no call to a model uses, unless the quota is used up. */
  synchronized boolean spend(Account account, long tokens) {
    long now = clock.nanoTime();
    boolean allowed = account.allotments.stream().allMatch(allotment -> allotment.mayCall(now));
    if (allowed) {
      account.allotments.forEach(allotment -> allotment.used(tokens, now));
    }
    return allowed;
  }

  synchronized int size() {
    return accounts.size();
  }
}
