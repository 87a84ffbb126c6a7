package io.agentstream.delivery;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.delivery.LocalConversations.Running;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.StreamListener;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.ClientCommand.StartConversation;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.CommandDecoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Card;
import io.agentstream.wire.ProtocolException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where conversations and viewers meet: the catalogue of agents, the conversations under way, and
 * the connections that view them. One for each server; safe from any thread; no method blocks.
 *
 * <pre>{@code
 * ConversationHub hub = ConversationHub.builder().agents(optimist, sceptic).build();
 * }</pre>
 */
public final class ConversationHub implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ConversationHub.class);

  private final Map<String, Agent> agents;
  private final Map<String, SpeakerSelector> selectors;
  private final int defaultMaxRounds;
  private final Timeouts timeouts;
  private final Limits limits;
  private final ChatClock clock;
  private final @Nullable Executor executor;
  private final Backplane backplane;
  private final CommandDecoder decoder;

  private final LocalConversations conversations = new LocalConversations();
  private final Map<String, CompletionStage<String>> startedBy = new ConcurrentHashMap<>();
  private final Set<ViewerConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private ConversationHub(Builder builder) {
    this.agents = builder.agents;
    this.selectors = builder.selectors;
    this.timeouts = builder.timeouts;
    this.limits = builder.limits;
    this.clock = builder.clock;
    this.executor = builder.executor;
    this.defaultMaxRounds = Math.min(builder.defaultMaxRounds, limits.maxRounds());
    this.backplane = builder.backplane(limits, clock);
    this.decoder = new CommandDecoder(limits);
    backplane.ownership().start(new HubNode(conversations, journal(), this::restore));
  }

  /** Begins a hub. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A viewer has connected; it is welcomed at once.
   *
   * @param original whether to speak the original dialect, for a connection without a subprotocol
   */
  public ViewerConnection connect(Transport transport, boolean original) {
    ViewerConnection connection = new ViewerConnection(this, transport, original);
    connections.add(connection);
    connection.open();
    // Looked at only now: either close() found the connection, or it is found closed here.
    if (closed) {
      connection.close(CloseCode.GOING_AWAY);
    }
    return connection;
  }

  /**
   * Starts a conversation that viewers can join by its id. No other node can go on with it, since
   * it need not come from the catalogue.
   *
   * @param chat who talks
   * @param topic what about; not blank
   */
  public Conversation start(GroupChat chat, String topic) {
    String id = ConversationBuilder.newId();
    backplane
        .ownership()
        .claim(id)
        .whenComplete(
            (epoch, failure) -> {
              if (failure != null) {
                log.error("Conversation {}: other nodes will not know of it", id, failure);
              }
            });
    return launch(chat.newConversation(topic).id(id).epoch(1), id, 1, null, Set.of());
  }

  /** The conversations that run here or have ended and are still kept, in no order. */
  public Collection<Conversation> conversations() {
    return conversations.all();
  }

  /**
   * Closes every connection, also later ones, with 1001. What runs here stops, or goes on at
   * another node where there are several.
   */
  @Override
  public void close() {
    closed = true;
    connections.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
    if (backplane.ownership().leave()) {
      conversations.removeAll().forEach(HubNode::abandon);
    } else {
      conversations.all().forEach(Conversation::stop);
    }
  }

  /** What times apply, for adapters. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /** What bounds apply, for adapters. */
  public Limits limits() {
    return limits;
  }

  ChatClock clock() {
    return clock;
  }

  Journal journal() {
    return backplane.journal();
  }

  CommandDecoder decoder() {
    return decoder;
  }

  CommandRouter router() {
    return command ->
        conversations.holds(command.conversationId())
            ? conversations.route(command)
            : backplane.router().route(command);
  }

  ControlFrame.Agents catalogue() {
    return new ControlFrame.Agents(
        agents.values().stream().map(agent -> new Card(agent.name(), agent.description())).toList(),
        List.copyOf(selectors.keySet()));
  }

  void forget(ViewerConnection connection) {
    connections.remove(connection);
  }

  /** Starts what a viewer asks for; the id of the conversation comes when it is under way. */
  CompletionStage<String> start(StartConversation command) throws ProtocolException {
    GroupChat chat = chat(command);
    String requestId = command.requestId();
    if (requestId == null) {
      return start(chat, command);
    }
    CompletableFuture<String> mine = new CompletableFuture<>();
    CompletionStage<String> earlier = startedBy.putIfAbsent(requestId, mine);
    if (earlier != null) {
      return earlier;
    }
    start(chat, command)
        .whenComplete(
            (id, failure) -> {
              if (failure == null) {
                mine.complete(id);
              } else {
                startedBy.remove(requestId);
                mine.completeExceptionally(failure);
              }
            });
    return mine;
  }

  private CompletionStage<String> start(GroupChat chat, StartConversation command) {
    String id = ConversationBuilder.newId();
    return backplane
        .ownership()
        .claim(id)
        .thenApply(
            epoch -> {
              ConversationBuilder conversation =
                  chat.newConversation(command.topic()).id(id).epoch(epoch);
              return launch(conversation, id, epoch, definition(chat, command), Set.of()).id();
            });
  }

  /** The command with nothing left to this node's defaults. */
  private static StartConversation definition(GroupChat chat, StartConversation command) {
    return new StartConversation(
        command.topic(),
        chat.participants().stream().map(Agent::name).toList(),
        chat.maxRounds(),
        chat.speakerSelection(),
        command.requestId());
  }

  private void restore(String id, long epoch, SavedConversation saved, Set<String> unfinished) {
    try {
      ConversationBuilder conversation =
          chat(saved.definition()).restore(saved.state()).id(id).epoch(epoch);
      launch(conversation, id, epoch, saved.definition(), unfinished);
    } catch (ProtocolException e) {
      throw new IllegalArgumentException("The catalogues of the nodes differ: " + e.reason(), e);
    }
  }

  private Conversation launch(
      ConversationBuilder builder,
      String id,
      long epoch,
      @Nullable StartConversation definition,
      Set<String> unfinished) {
    Scribe scribe = new Scribe(journal().open(id, epoch), definition, unfinished);
    Retention retention = new Retention(definition == null ? null : definition.requestId());
    Conversation conversation = builder.inlineListener(scribe).inlineListener(retention).start();
    Running running = new Running(conversation, scribe);
    retention.begin(running);
    conversations.add(running);
    scribe.begin(conversation);
    return conversation;
  }

  private GroupChat chat(StartConversation command) throws ProtocolException {
    GroupChat.Builder chat =
        GroupChat.builder()
            .participants(participants(command.agents()))
            .speakerSelector(selector(command.speakerSelection()))
            .maxRounds(command.maxRounds() == null ? defaultMaxRounds : command.maxRounds())
            .timeouts(timeouts)
            .limits(limits)
            .clock(clock);
    if (executor != null) {
      chat.executor(executor);
    }
    return chat.build();
  }

  private SpeakerSelector selector(@Nullable String name) throws ProtocolException {
    SpeakerSelector selector =
        name == null ? selectors.values().iterator().next() : selectors.get(name);
    if (selector == null) {
      throw new ProtocolException(
          ErrorCode.INVALID_FIELD,
          "'speaker_selection' must be one of: " + String.join(", ", selectors.keySet()) + ".",
          null);
    }
    return selector;
  }

  private List<Agent> participants(@Nullable List<String> names) throws ProtocolException {
    if (names == null) {
      return List.copyOf(agents.values());
    }
    List<Agent> participants = new ArrayList<>();
    for (String name : names) {
      Agent agent = agents.get(name);
      if (agent == null) {
        throw new ProtocolException(
            ErrorCode.INVALID_FIELD,
            "'agents' names '" + name + "', who is not in the catalogue; see list_agents.",
            null);
      }
      participants.add(agent);
    }
    return participants;
  }

  /** Forgets a conversation some time after its end, unless it goes on. */
  private final class Retention implements StreamListener {
    private final @Nullable String requestId;

    // Guarded by this.
    private @Nullable Running running;
    private Alarm alarm = () -> {};

    Retention(@Nullable String requestId) {
      this.requestId = requestId;
    }

    synchronized void begin(Running running) {
      this.running = running;
    }

    @Override
    public synchronized void onConversationStarted(ConversationStarted event) {
      alarm.cancel();
    }

    @Override
    public synchronized void onConversationEnded(ConversationEnded event) {
      alarm = clock.schedule(timeouts.endedConversation(), this::forgetConversation);
    }

    private synchronized void forgetConversation() {
      if (requestId != null) {
        startedBy.remove(requestId);
      }
      // Another node may have gone on with it.
      if (running != null && conversations.remove(running)) {
        String id = running.conversation().id();
        backplane.ownership().release(id);
        journal().remove(id);
      }
    }
  }

  /** Collects what a {@link ConversationHub} is made of. Not safe for use by several threads. */
  public static final class Builder {
    private Map<String, Agent> agents = new LinkedHashMap<>();
    private Map<String, SpeakerSelector> selectors =
        Map.of(SpeakerSelector.roundRobin().name(), SpeakerSelector.roundRobin());
    private int defaultMaxRounds = GroupChat.DEFAULT_MAX_ROUNDS;
    private Timeouts timeouts = Timeouts.defaults();
    private Limits limits = Limits.defaults();
    private ChatClock clock = ChatClock.system();
    private @Nullable Executor executor;
    private @Nullable Journal journal;
    private @Nullable Backplane backplane;

    private Builder() {}

    /** The catalogue viewers choose from; at least one, each name once. */
    public Builder agents(Agent... agents) {
      return agents(List.of(agents));
    }

    /** The catalogue viewers choose from; at least one, each name once. */
    public Builder agents(List<Agent> agents) {
      Map<String, Agent> byName = new LinkedHashMap<>();
      for (Agent agent : agents) {
        if (byName.put(agent.name(), agent) != null) {
          throw new IllegalArgumentException("Two agents are called '" + agent.name() + "'");
        }
      }
      this.agents = byName;
      return this;
    }

    /**
     * How viewers may have speakers picked, by the selectors' names; the first is the default.
     * Round robin alone unless said otherwise.
     */
    public Builder speakerSelectors(SpeakerSelector... selectors) {
      Map<String, SpeakerSelector> byName = new LinkedHashMap<>();
      for (SpeakerSelector selector : selectors) {
        if (byName.put(selector.name(), selector) != null) {
          throw new IllegalArgumentException("Two selectors are called '" + selector.name() + "'");
        }
      }
      if (byName.isEmpty()) {
        throw new IllegalArgumentException("A hub needs a selector");
      }
      this.selectors = byName;
      return this;
    }

    /** The rounds of a conversation whose starter asks for none; 3 by default. */
    public Builder defaultMaxRounds(int rounds) {
      if (rounds < 1) {
        throw new IllegalArgumentException("defaultMaxRounds must be at least 1, not " + rounds);
      }
      this.defaultMaxRounds = rounds;
      return this;
    }

    /** How long things may take; {@link Timeouts#defaults} by default. */
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

    /** Where code runs that may block; see {@link GroupChat.Builder#executor}. */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /** Where events are kept; an {@link InMemoryJournal} by default. */
    public Builder journal(Journal journal) {
      this.journal = Objects.requireNonNull(journal, "journal");
      return this;
    }

    /**
     * What this node shares with others, in place of a journal of its own. All of them need the
     * same catalogue, since any of them may have to go on with a conversation.
     */
    public Builder backplane(Backplane backplane) {
      this.backplane = Objects.requireNonNull(backplane, "backplane");
      return this;
    }

    private Backplane backplane(Limits limits, ChatClock clock) {
      if (backplane != null) {
        return backplane;
      }
      return new SingleNode(journal != null ? journal : new InMemoryJournal(limits, clock));
    }

    /**
     * Makes the hub.
     *
     * @throws IllegalStateException if the catalogue is empty
     */
    public ConversationHub build() {
      if (agents.isEmpty()) {
        throw new IllegalStateException("A hub needs an agent: call agents(…)");
      }
      return new ConversationHub(this);
    }
  }
}
