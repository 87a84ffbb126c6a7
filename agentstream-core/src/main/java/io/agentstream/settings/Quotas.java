package io.agentstream.settings;

/**
 * The quotas of one user, and of all users together, for a server's memory, connections and model
 * calls. Each quota is for one process; 0 means no limit. For anonymous viewers, an address counts
 * as one user; IPv6 addresses of the same /64 network count as one. Anonymous viewers together get
 * half of the server's conversations, calls and tokens, so that the other half stays for known
 * users.
 *
 * @param runningConversations how many conversations run at once on the server
 * @param runningConversationsPerUser how many conversations of one user run at once
 * @param keptConversationsPerUser how many conversations of one user are kept; beyond it, the one
 *     that ended first is removed early
 * @param keptMegabytes how much memory all kept conversations may take, in MiB, by an estimate that
 *     is never too low. Beyond it, conversations of the user with the most memory are removed
 *     early, first the one that ended first. One user may take a quarter
 * @param modelCallsPerHour how many calls to models the server makes in an hour
 * @param modelCallsPerHourPerUser how many calls to models the conversations of one user make in an
 *     hour
 * @param tokensPerDay how many tokens, of input and of output, the server uses in 24 hours; calls
 *     in progress when they are used up still complete
 * @param tokensPerDayPerUser how many tokens the conversations of one user use in 24 hours
 * @param anonymousConnections how many connections anonymous users hold at once
 * @param unauthenticatedConnections how many connections may wait for authentication; beyond it,
 *     the oldest of them is closed
 * @param unauthenticatedConnectionsPerAddress how many unauthenticated connections one address may
 *     hold
 */
public record Quotas(
    int runningConversations,
    int runningConversationsPerUser,
    int keptConversationsPerUser,
    int keptMegabytes,
    int modelCallsPerHour,
    int modelCallsPerHourPerUser,
    int tokensPerDay,
    int tokensPerDayPerUser,
    int anonymousConnections,
    int unauthenticatedConnections,
    int unauthenticatedConnectionsPerAddress) {

  private static final long MEBIBYTE = 1024 * 1024;
  private static final int MOST_MEGABYTES = 1024 * 1024;

  /** Running conversations without long texts then take three quarters of the kept memory. */
  private static final int RUNNING_PER_MEBIBYTE = 8;

  private static final Quotas DEFAULTS = new Builder().build();

  /**
   * @throws IllegalArgumentException if a quota is less than 0
   */
  public Quotas {
    check("runningConversations", runningConversations);
    check("runningConversationsPerUser", runningConversationsPerUser);
    check("keptConversationsPerUser", keptConversationsPerUser);
    check("keptMegabytes", keptMegabytes);
    check("modelCallsPerHour", modelCallsPerHour);
    check("modelCallsPerHourPerUser", modelCallsPerHourPerUser);
    check("tokensPerDay", tokensPerDay);
    check("tokensPerDayPerUser", tokensPerDayPerUser);
    check("anonymousConnections", anonymousConnections);
    check("unauthenticatedConnections", unauthenticatedConnections);
    check("unauthenticatedConnectionsPerAddress", unauthenticatedConnectionsPerAddress);
  }

  /**
   * Returns the defaults: 8 running conversations for each MiB of the heap, 100 of a user; 500 kept
   * ones of a user; 3/8 of the heap for all that are kept; 50,000 calls to models an hour, 5,000 of
   * a user; 100 million tokens a day, 10 million of a user; 4 anonymous connections for each MiB of
   * the heap; 1,000 unauthenticated connections, 100 of an address.
   */
  public static Quotas defaults() {
    return DEFAULTS;
  }

  /** Returns unlimited quotas, for a program with a single user or for measurements. */
  public static Quotas none() {
    return new Quotas(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  private static void check(String name, int quota) {
    if (quota < 0) {
      throw new IllegalArgumentException(name + " must be at least 0, not " + quota);
    }
  }

  private static int heapMegabytes() {
    return (int) Math.min(MOST_MEGABYTES, Runtime.getRuntime().maxMemory() / MEBIBYTE);
  }

  /** Builds quotas. Values that are not set keep their defaults. Not thread-safe. */
  public static final class Builder {
    private int runningConversations = Math.max(1, heapMegabytes() * RUNNING_PER_MEBIBYTE);
    private int runningConversationsPerUser = 100;
    private int keptConversationsPerUser = 500;
    private int keptMegabytes = Math.max(1, heapMegabytes() / 8 * 3);
    private int modelCallsPerHour = 50_000;
    private int modelCallsPerHourPerUser = 5_000;
    private int tokensPerDay = 100_000_000;
    private int tokensPerDayPerUser = 10_000_000;
    private int anonymousConnections = heapMegabytes() * 4;
    private int unauthenticatedConnections = 1_000;
    private int unauthenticatedConnectionsPerAddress = 100;

    private Builder() {}

    public Builder runningConversations(int quota) {
      this.runningConversations = quota;
      return this;
    }

    public Builder runningConversationsPerUser(int quota) {
      this.runningConversationsPerUser = quota;
      return this;
    }

    public Builder keptConversationsPerUser(int quota) {
      this.keptConversationsPerUser = quota;
      return this;
    }

    public Builder keptMegabytes(int quota) {
      this.keptMegabytes = quota;
      return this;
    }

    public Builder modelCallsPerHour(int quota) {
      this.modelCallsPerHour = quota;
      return this;
    }

    public Builder modelCallsPerHourPerUser(int quota) {
      this.modelCallsPerHourPerUser = quota;
      return this;
    }

    public Builder tokensPerDay(int quota) {
      this.tokensPerDay = quota;
      return this;
    }

    public Builder tokensPerDayPerUser(int quota) {
      this.tokensPerDayPerUser = quota;
      return this;
    }

    public Builder anonymousConnections(int quota) {
      this.anonymousConnections = quota;
      return this;
    }

    public Builder unauthenticatedConnections(int quota) {
      this.unauthenticatedConnections = quota;
      return this;
    }

    public Builder unauthenticatedConnectionsPerAddress(int quota) {
      this.unauthenticatedConnectionsPerAddress = quota;
      return this;
    }

    /**
     * Returns the quotas.
     *
     * @throws IllegalArgumentException if a quota is less than 0
     */
    public Quotas build() {
      return new Quotas(
          runningConversations,
          runningConversationsPerUser,
          keptConversationsPerUser,
          keptMegabytes,
          modelCallsPerHour,
          modelCallsPerHourPerUser,
          tokensPerDay,
          tokensPerDayPerUser,
          anonymousConnections,
          unauthenticatedConnections,
          unauthenticatedConnectionsPerAddress);
    }
  }
}
