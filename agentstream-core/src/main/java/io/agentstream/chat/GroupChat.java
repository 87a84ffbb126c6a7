package io.agentstream.chat;

import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.StreamListener;
import io.agentstream.internal.DefaultExecutor;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A group of agents that talk about a topic. Immutable: one {@code GroupChat} starts any number of
 * conversations, concurrently or one after the other.
 *
 * <pre>{@code
 * GroupChat chat = GroupChat.builder().participants(optimist, sceptic).maxRounds(2).build();
 * Conversation conversation = chat.start("Will tea replace coffee?", listener);
 * ChatResult result = conversation.result().join();
 * }</pre>
 */
public final class GroupChat {

  /** The default number of rounds. */
  public static final int DEFAULT_MAX_ROUNDS = 3;

  private final String description;
  private final List<String> sampleTopics;
  private final TeamRules rules;

  private GroupChat(String description, List<String> sampleTopics, TeamRules rules) {
    this.description = description;
    this.sampleTopics = sampleTopics;
    this.rules = rules;
  }

  /** Returns a builder for a group chat. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns one sentence on its purpose, for viewers; empty if it has none. */
  public String description() {
    return description;
  }

  /** Returns topics that viewers may choose; empty for none. */
  public List<String> sampleTopics() {
    return sampleTopics;
  }

  /** Returns the participants, in speaking order. */
  public List<Agent> participants() {
    return rules.participants();
  }

  /**
   * Returns the maximum number of rounds in a run. In round robin every participant speaks once in
   * a round; if a selector picks freely, each step is a round.
   */
  public int maxRounds() {
    return rules.maxRounds();
  }

  /** Returns the name of the speaker selection on the wire. */
  public String speakerSelection() {
    return rules.selector().name();
  }

  TeamRules rules() {
    return rules;
  }

  /**
   * Starts a conversation.
   *
   * @param topic the topic; not blank
   * @param listeners receive every event, off the streaming thread; each has received every event
   *     of a run before {@link Conversation#result} completes
   * @return the conversation, which has already started
   */
  public Conversation start(String topic, StreamListener... listeners) {
    ConversationBuilder conversation = newConversation(topic);
    Arrays.stream(listeners).forEach(conversation::listener);
    return conversation.start();
  }

  /**
   * Returns a builder for a conversation with a given id, epoch or kind of listeners.
   *
   * @param topic the topic; not blank
   */
  public ConversationBuilder newConversation(String topic) {
    return new ConversationBuilder(this, topic);
  }

  /**
   * Continues a conversation from its last finished turn, under the next epoch, possibly on another
   * machine. A turn that was in progress is repeated, or continued after its tool calls ({@link
   * Agent.Builder#interruptedCalls}). This chat must have the participants that the conversation
   * had.
   *
   * @return a builder for the conversation; add listeners, then start it
   * @throws IllegalArgumentException if a participant is missing
   */
  public ConversationBuilder restore(ConversationState state) {
    return new ConversationBuilder(this, state);
  }

  /**
   * Returns this chat as a participant of another. When it is picked, it has a run of its own. All
   * participants and viewers see its participants' messages, and the events have the path of names.
   * Timeouts, limits, clock and executor are the outer chat's.
   *
   * @param name the team's name for other agents and viewers
   * @param description one sentence on its purpose
   */
  public Agent asAgent(String name, String description) {
    return Agent.builder(name).description(description).team(rules).build();
  }

  /** Builds a {@link GroupChat}. Not thread-safe. */
  public static final class Builder {
    private String description = "";
    private List<String> sampleTopics = List.of();
    private List<Agent> participants = List.of();
    private int maxRounds = DEFAULT_MAX_ROUNDS;
    private int callDepth;
    private SpeakerSelector selector = SpeakerSelector.roundRobin();
    private TerminationCondition terminationCondition = run -> Optional.empty();
    private FailurePolicy failurePolicy = FailurePolicy.skipTurn();
    private InputTimeoutPolicy inputTimeoutPolicy = InputTimeoutPolicy.END;
    private Timeouts timeouts = Timeouts.defaults();
    private Limits limits = Limits.defaults();
    private ChatClock clock = ChatClock.system();
    private Executor executor = DefaultExecutor.get();

    private Builder() {}

    /** Sets one sentence on its purpose, for viewers; default none. */
    public Builder description(String description) {
      this.description = Objects.requireNonNull(description, "description");
      return this;
    }

    /** Sets topics that viewers may choose; default none. */
    public Builder sampleTopics(List<String> topics) {
      this.sampleTopics = List.copyOf(topics);
      return this;
    }

    /** Sets the participants, in speaking order: at least one, with unique names. */
    public Builder participants(Agent... participants) {
      return participants(List.of(participants));
    }

    /** Sets the participants, in speaking order: at least one, with unique names. */
    public Builder participants(List<Agent> participants) {
      this.participants = List.copyOf(participants);
      return this;
    }

    /**
     * Sets the maximum number of rounds in a run, from 1; default {@value
     * GroupChat#DEFAULT_MAX_ROUNDS}.
     */
    public Builder maxRounds(int maxRounds) {
      if (maxRounds < 1) {
        throw new IllegalArgumentException("maxRounds must be at least 1, not " + maxRounds);
      }
      this.maxRounds = maxRounds;
      return this;
    }

    /**
     * Lets agents call on each other: a participant that a message names after an {@code @} speaks
     * next, as if a person had called on it ({@link Conversation#callOn}). A nested team does not
     * use this setting.
     *
     * @param depth how many such calls may follow from each other, 0 to 16; default 0, none
     */
    public Builder callDepth(int depth) {
      if (depth < 0 || depth > 16) {
        throw new IllegalArgumentException("callDepth must be from 0 to 16, not " + depth);
      }
      this.callDepth = depth;
      return this;
    }

    /** Sets the speaker selection; default {@link SpeakerSelector#roundRobin}. */
    public Builder speakerSelector(SpeakerSelector selector) {
      this.selector = Objects.requireNonNull(selector, "selector");
      return this;
    }

    /** Sets a condition that ends a run before its last round; default none. */
    public Builder terminateWhen(TerminationCondition condition) {
      this.terminationCondition = Objects.requireNonNull(condition, "condition");
      return this;
    }

    /** Sets the policy for failed turns; default {@link FailurePolicy#skipTurn()}. */
    public Builder onFailure(FailurePolicy policy) {
      this.failurePolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Sets the policy for questions that nobody answers in time; by default the run ends. */
    public Builder onInputTimeout(InputTimeoutPolicy policy) {
      this.inputTimeoutPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Sets the timeouts; by default a turn and a conversation may take 30 minutes each. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /** Sets the limits; default {@link Limits#defaults}. */
    public Builder limits(Limits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** Sets the clock; default: the machine's. */
    public Builder clock(ChatClock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets the executor for code that may block: models, tools, and listeners that are not inline.
     * Default: virtual threads on JDK 21 and later, else a pool of 16 daemon threads shared by the
     * process. The executor may be bounded: refused tasks are submitted again for up to a minute.
     * It should neither block the submitting thread nor run tasks on it, because that is the
     * streaming thread; and it must not drop tasks silently.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Returns the chat.
     *
     * @throws IllegalStateException if there is no participant; if two have the same name, ignoring
     *     case and including those of nested teams; or if an agent's tool has the name of a tool
     *     that the selector gives to agents
     */
    public GroupChat build() {
      if (participants.isEmpty()) {
        throw new IllegalStateException("A group chat needs a participant: call participants(…)");
      }
      ParticipantNames.check(participants);
      checkToolNames();
      return new GroupChat(description, sampleTopics, rules());
    }

    private TeamRules rules() {
      return new TeamRules(
          participants,
          maxRounds,
          callDepth,
          selector,
          terminationCondition,
          failurePolicy,
          inputTimeoutPolicy,
          timeouts,
          limits,
          clock,
          executor);
    }

    private void checkToolNames() {
      Set<String> taken =
          selector.toolNames(participants.stream().map(Roster::participant).toList());
      for (Agent agent : participants) {
        for (String tool : agent.tools().fixed().keySet()) {
          if (taken.contains(tool)) {
            throw new IllegalStateException(
                "Agent '"
                    + agent.name()
                    + "' has a tool '"
                    + tool
                    + "', as one is called that the selector "
                    + selector.name()
                    + " gives to agents: rename it");
          }
        }
      }
    }
  }
}
