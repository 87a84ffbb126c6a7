package io.agentstream.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * The time limits, with their defaults.
 *
 * @param connection how long a WebSocket connection may stay without any traffic
 * @param conversation how long one run of a conversation may last
 * @param agentResponse how long one turn of an agent may take
 * @param firstToken how long a model may take to its first token, thinking included
 * @param tokenIdle how long a model may be silent between two tokens
 * @param toolCall how long one call of a tool may take
 * @param input how long a conversation waits for a person
 * @param upstream how long a model server may take to begin its response; for the code that builds
 *     the model, because this library cannot set it from outside
 * @param endedConversation how long a conversation stays readable after its end
 * @param heartbeat how long a viewer may be silent before the server sends a ping
 * @param pong how long a viewer may take to answer a ping
 * @param stuckWrite how long a socket may take no bytes before its viewer is disconnected
 * @param unviewed how long a conversation that was started over the wire continues while nobody
 *     views it; zero for no limit
 * @param unviewedAnonymous the same for a conversation that an anonymous viewer started; zero for
 *     no limit
 * @param drain how long current speakers may continue when the server shuts down
 * @param authentication how long a viewer may take to send its token, and an authenticator to check
 *     it
 * @param authExpiryWarning how long before the expiry of its authentication a viewer is warned
 */
public record Timeouts(
    Duration connection,
    Duration conversation,
    Duration agentResponse,
    Duration firstToken,
    Duration tokenIdle,
    Duration toolCall,
    Duration input,
    Duration upstream,
    Duration endedConversation,
    Duration heartbeat,
    Duration pong,
    Duration stuckWrite,
    Duration unviewed,
    Duration unviewedAnonymous,
    Duration drain,
    Duration authentication,
    Duration authExpiryWarning) {

  private static final Duration MINUTES_30 = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofDays(24);

  private static final Timeouts DEFAULTS = new Builder().build();

  /**
   * @throws IllegalArgumentException if a time is under a millisecond, or over the 24 days that an
   *     {@code int} of milliseconds holds in some containers
   */
  public Timeouts {
    check("connection", connection);
    check("conversation", conversation);
    check("agentResponse", agentResponse);
    check("firstToken", firstToken);
    check("tokenIdle", tokenIdle);
    check("toolCall", toolCall);
    check("input", input);
    check("upstream", upstream);
    check("endedConversation", endedConversation);
    check("heartbeat", heartbeat);
    check("pong", pong);
    check("stuckWrite", stuckWrite);
    checkOrZero("unviewed", unviewed);
    checkOrZero("unviewedAnonymous", unviewedAnonymous);
    checkOrZero("drain", drain);
    check("authentication", authentication);
    check("authExpiryWarning", authExpiryWarning);
  }

  /**
   * The defaults: 30 minutes for a connection, a conversation, an answer, an upstream call and an
   * ended conversation; 5 minutes to the first token, 2 between tokens, 1 for a tool, 10 for a
   * person; 20 seconds between heartbeats, 10 for a pong and for a stuck write, 5 for an
   * authentication, 10 minutes for a conversation that nobody views, 90 seconds if an anonymous
   * viewer started it, 3 seconds to drain, and a warning 60 seconds before an authentication
   * expires.
   */
  public static Timeouts defaults() {
    return DEFAULTS;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with the values of this. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.connection = connection;
    builder.conversation = conversation;
    builder.agentResponse = agentResponse;
    builder.firstToken = firstToken;
    builder.tokenIdle = tokenIdle;
    builder.toolCall = toolCall;
    builder.input = input;
    builder.upstream = upstream;
    builder.endedConversation = endedConversation;
    builder.heartbeat = heartbeat;
    builder.pong = pong;
    builder.stuckWrite = stuckWrite;
    builder.unviewed = unviewed;
    builder.unviewedAnonymous = unviewedAnonymous;
    builder.drain = drain;
    builder.authentication = authentication;
    builder.authExpiryWarning = authExpiryWarning;
    return builder;
  }

  private static void check(String name, Duration time) {
    Objects.requireNonNull(time, name);
    if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be between 1 millisecond and 24 days, not " + time);
    }
  }

  private static void checkOrZero(String name, Duration time) {
    if (!Objects.requireNonNull(time, name).isZero()) {
      check(name, time);
    }
  }

  /** Builds timeouts. Times that are not set keep their defaults. Not thread-safe. */
  public static final class Builder {
    private Duration connection = MINUTES_30;
    private Duration conversation = MINUTES_30;
    private Duration agentResponse = MINUTES_30;
    private Duration firstToken = Duration.ofMinutes(5);
    private Duration tokenIdle = Duration.ofMinutes(2);
    private Duration toolCall = Duration.ofMinutes(1);
    private Duration input = Duration.ofMinutes(10);
    private Duration upstream = MINUTES_30;
    private Duration endedConversation = MINUTES_30;
    private Duration heartbeat = Duration.ofSeconds(20);
    private Duration pong = Duration.ofSeconds(10);
    private Duration stuckWrite = Duration.ofSeconds(10);
    private Duration unviewed = Duration.ofMinutes(10);
    private Duration unviewedAnonymous = Duration.ofSeconds(90);
    private Duration drain = Duration.ofSeconds(3);
    private Duration authentication = Duration.ofSeconds(5);
    private Duration authExpiryWarning = Duration.ofSeconds(60);

    private Builder() {}

    public Builder connection(Duration time) {
      this.connection = time;
      return this;
    }

    public Builder conversation(Duration time) {
      this.conversation = time;
      return this;
    }

    public Builder agentResponse(Duration time) {
      this.agentResponse = time;
      return this;
    }

    public Builder firstToken(Duration time) {
      this.firstToken = time;
      return this;
    }

    public Builder tokenIdle(Duration time) {
      this.tokenIdle = time;
      return this;
    }

    public Builder toolCall(Duration time) {
      this.toolCall = time;
      return this;
    }

    public Builder input(Duration time) {
      this.input = time;
      return this;
    }

    public Builder upstream(Duration time) {
      this.upstream = time;
      return this;
    }

    public Builder endedConversation(Duration time) {
      this.endedConversation = time;
      return this;
    }

    public Builder heartbeat(Duration time) {
      this.heartbeat = time;
      return this;
    }

    public Builder pong(Duration time) {
      this.pong = time;
      return this;
    }

    public Builder stuckWrite(Duration time) {
      this.stuckWrite = time;
      return this;
    }

    public Builder unviewed(Duration time) {
      this.unviewed = time;
      return this;
    }

    public Builder unviewedAnonymous(Duration time) {
      this.unviewedAnonymous = time;
      return this;
    }

    public Builder drain(Duration time) {
      this.drain = time;
      return this;
    }

    public Builder authentication(Duration time) {
      this.authentication = time;
      return this;
    }

    public Builder authExpiryWarning(Duration time) {
      this.authExpiryWarning = time;
      return this;
    }

    /**
     * Returns the timeouts.
     *
     * @throws IllegalArgumentException if a time is under a millisecond or over 24 days
     */
    public Timeouts build() {
      return new Timeouts(
          connection,
          conversation,
          agentResponse,
          firstToken,
          tokenIdle,
          toolCall,
          input,
          upstream,
          endedConversation,
          heartbeat,
          pong,
          stuckWrite,
          unviewed,
          unviewedAnonymous,
          drain,
          authentication,
          authExpiryWarning);
    }
  }
}
