package io.agentstream.chat;

import io.agentstream.event.StreamListener;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Several agents that talk about a topic in turn. Immutable: one {@code GroupChat} starts any
 * number of conversations, at once or one after another.
 *
 * <pre>{@code
 * GroupChat chat = GroupChat.builder().participants(optimist, sceptic).maxRounds(2).build();
 * Conversation conversation = chat.start("Will tea replace coffee?", listener);
 * ChatResult result = conversation.result().join();
 * }</pre>
 */
public final class GroupChat {

  /** The number of rounds when none is given. */
  public static final int DEFAULT_MAX_ROUNDS = 3;

  private final List<Agent> participants;
  private final int maxRounds;
  private final Timeouts timeouts;
  private final Limits limits;
  private final ChatClock clock;
  private final Executor executor;

  private GroupChat(Builder builder) {
    this.participants = builder.participants;
    this.maxRounds = builder.maxRounds;
    this.timeouts = builder.timeouts;
    this.limits = builder.limits;
    this.clock = builder.clock;
    this.executor = builder.executor;
  }

  /** Begins a group chat. */
  public static Builder builder() {
    return new Builder();
  }

  /** Who talks, in speaking order. */
  public List<Agent> participants() {
    return participants;
  }

  /** After how many rounds a run ends; in a round every participant speaks once. */
  public int maxRounds() {
    return maxRounds;
  }

  /** How the next speaker is picked, as named on the wire. */
  public String speakerSelection() {
    return RoundRobin.NAME;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  Limits limits() {
    return limits;
  }

  ChatClock clock() {
    return clock;
  }

  Executor executor() {
    return executor;
  }

  /**
   * Starts a conversation.
   *
   * @param task what the agents are to talk about; not blank
   * @param listeners told of every event, off the thread that streams
   * @return the handle on the conversation, which is already under way
   */
  public Conversation start(String task, StreamListener... listeners) {
    ConversationBuilder conversation = newConversation(task);
    Arrays.stream(listeners).forEach(conversation::listener);
    return conversation.start();
  }

  /**
   * Prepares a conversation whose id, epoch or kind of listeners matter.
   *
   * @param task what the agents are to talk about; not blank
   */
  public ConversationBuilder newConversation(String task) {
    return new ConversationBuilder(this, task);
  }

  /** Collects what a {@link GroupChat} is made of. Not safe for use by several threads. */
  public static final class Builder {
    private List<Agent> participants = List.of();
    private int maxRounds = DEFAULT_MAX_ROUNDS;
    private Timeouts timeouts = Timeouts.defaults();
    private Limits limits = Limits.defaults();
    private ChatClock clock = ChatClock.system();
    private Executor executor = DefaultExecutor.get();

    private Builder() {}

    /** Who talks, in speaking order; at least one, each name once. */
    public Builder participants(Agent... participants) {
      return participants(List.of(participants));
    }

    /** Who talks, in speaking order; at least one, each name once. */
    public Builder participants(List<Agent> participants) {
      this.participants = List.copyOf(participants);
      return this;
    }

    /**
     * After how many rounds a run ends, from 1; {@value GroupChat#DEFAULT_MAX_ROUNDS} by default.
     */
    public Builder maxRounds(int maxRounds) {
      if (maxRounds < 1) {
        throw new IllegalArgumentException("maxRounds must be at least 1, not " + maxRounds);
      }
      this.maxRounds = maxRounds;
      return this;
    }

    /** How long a turn and a conversation may take; 30 minutes each by default. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /** How large things may get; {@link Limits#defaults} by default. */
    public Builder limits(Limits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** The clock that all times are measured on; the machine's by default. */
    public Builder clock(ChatClock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Where code runs that may block: calls into models and listeners. By default virtual threads
     * on JDK 21 and later, else a pool of 16 daemon threads shared by the process.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Makes the chat.
     *
     * @throws IllegalStateException if nobody takes part, or two of the same name
     */
    public GroupChat build() {
      if (participants.isEmpty()) {
        throw new IllegalStateException("A group chat needs a participant: call participants(…)");
      }
      Set<String> names = new LinkedHashSet<>();
      for (Agent agent : participants) {
        if (!names.add(agent.name())) {
          throw new IllegalStateException("Two participants are called '" + agent.name() + "'");
        }
      }
      return new GroupChat(this);
    }
  }
}
