package io.agentstream.delivery;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.DefaultExecutor;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.delivery.LocalConversations.Running;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.StreamListener;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
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
import java.time.Duration;
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
import java.util.function.Function;
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

  private static final int LONGEST_IN_LOG = 200;
  private static final Duration LAST_FRAMES = Duration.ofSeconds(1);
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(1);

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
  private final @Nullable Authenticator authenticator;
  private final ConversationAccess access;
  private final AllowedOrigins allowedOrigins;
  private final Directory directory;
  private final @Nullable DeliveryListener listener;

  private final Admission admission;
  private final Audience audience;
  private final SnapshotFrames snapshotFrames;
  private final @Nullable FlushInterval flushInterval;
  private final Function<Handshake, @Nullable String> clientAddress;

  private final LocalConversations conversations = new LocalConversations();
  private final Map<StartRequest, CompletionStage<String>> starting = new ConcurrentHashMap<>();
  private final Set<ViewerConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;
  private volatile @Nullable Runnable onceAlone;
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
    this.authenticator = builder.authenticator;
    this.access = builder.access;
    this.allowedOrigins = builder.allowedOrigins;
    this.admission = new Admission(limits, clock);
    this.audience = new Audience(clock, timeouts.unviewed(), this::orphaned);
    this.snapshotFrames = new SnapshotFrames(clock);
    this.flushInterval =
        builder.flushInterval.isZero()
            ? null
            : new FlushInterval(
                clock, builder.flushInterval, executor != null ? executor : DefaultExecutor.get());
    this.clientAddress = builder.clientAddress;
    this.listener = builder.listener;
    Directory shared = backplane.directory();
    this.directory = shared != null ? shared : new NoDirectory();
    backplane.ownership().start(new HubNode(conversations, journal(), this::restore));
  }

  /** Begins a hub. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A viewer has connected in a way of which nothing is known; see {@link #connect(Transport,
   * boolean, Handshake)}.
   */
  public ViewerConnection connect(Transport transport, boolean original) {
    return connect(transport, original, Handshake.none());
  }

  /**
   * A viewer has connected; it is welcomed as soon as it is clear whether it has to authenticate.
   *
   * @param original whether to speak the original dialect, for a connection without a subprotocol
   * @param handshake how the connection began: who it is may follow from it, and a page of another
   *     origin than is allowed is closed with 4502
   */
  public ViewerConnection connect(Transport transport, boolean original, Handshake handshake) {
    ViewerConnection connection = new ViewerConnection(this, transport, original, handshake);
    if (!allowedOrigins.allows(handshake)) {
      logForeignOrigin(handshake);
      connection.close(CloseCode.ORIGIN_NOT_ALLOWED);
      return connection;
    }
    if (draining && !closed) {
      connection.close(CloseCode.TRY_AGAIN_LATER);
      return connection;
    }
    connections.add(connection);
    connection.open(clientAddress.apply(handshake));
    // Looked at only now: either close() found the connection, or it is found closed here.
    if (closed) {
      connection.close(CloseCode.GOING_AWAY);
    }
    return connection;
  }

  /** Header values hold no line breaks, and no more is shown than it takes to see what is wrong. */
  private static void logForeignOrigin(Handshake handshake) {
    log.warn(
        "Refused a page of origin '{}', Host '{}': if it is yours, allow its origin, or let the"
            + " proxy pass Host on",
        shortened(handshake.header("Origin")),
        shortened(handshake.header("Host")));
  }

  private static String shortened(@Nullable String header) {
    String text = String.valueOf(header);
    return text.substring(0, Math.min(text.length(), LONGEST_IN_LOG));
  }

  /**
   * Starts a conversation that is nobody's: unless {@link Builder#access} says otherwise, whoever
   * knows its id may join and steer it.
   *
   * @param chat who talks
   * @param topic what about; not blank
   */
  public Conversation start(GroupChat chat, String topic) {
    return start(chat, topic, null);
  }

  /**
   * Starts a conversation that viewers can join by its id. No other node can go on with it, since
   * it need not come from the catalogue.
   *
   * @param chat who talks
   * @param topic what about; not blank
   * @param owner whose it is; null for nobody's
   */
  public Conversation start(GroupChat chat, String topic, @Nullable User owner) {
    String id = ConversationBuilder.newId();
    backplane
        .ownership()
        .claim(id)
        .thenCompose(epoch -> directory.add(info(id, owner, topic, chat)))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                log.atError()
                    .addKeyValue("conversation_id", id)
                    .setCause(failure)
                    .log("Conversation {}: other nodes will not know of it", id);
              }
            });
    return launch(chat.newConversation(topic).id(id).epoch(1), id, 1, null, Set.of());
  }

  private ConversationInfo info(String id, @Nullable User owner, String topic, GroupChat chat) {
    List<String> names = chat.participants().stream().map(Agent::name).toList();
    return new ConversationInfo(id, owner, topic, names, clock.now());
  }

  /** The conversations that run here or have ended and are still kept, in no order. */
  public Collection<Conversation> conversations() {
    return conversations.all();
  }

  /**
   * Gets ready to go down: starts are refused with {@code unavailable}, new connections with 1013,
   * and no further turn begins. When whoever speaks has finished, or after {@link
   * Timeouts#drain()}, the hub closes.
   *
   * @return done when it has closed
   */
  public CompletionStage<Void> drain() {
    draining = true;
    CompletableFuture<Void> finished =
        CompletableFuture.allOf(
            conversations.all().stream()
                .map(Conversation::drain)
                .toArray(CompletableFuture<?>[]::new));
    Alarm alarm = clock.schedule(timeouts.drain(), () -> finished.complete(null));
    return finished.thenCompose(
        done -> {
          alarm.cancel();
          return closeOnceSent();
        });
  }

  /** Lets viewers have what there is, but does not wait long for those who are slow. */
  private CompletionStage<Void> closeOnceSent() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Runnable close =
        () -> {
          close();
          done.complete(null);
        };
    closed = true;
    Alarm alarm = clock.schedule(LAST_FRAMES, close);
    onceAlone =
        () -> {
          alarm.cancel();
          close.run();
        };
    connections.forEach(connection -> connection.closeOnceSent(CloseCode.GOING_AWAY));
    tellAlone();
    return done;
  }

  private void tellAlone() {
    Runnable told = onceAlone;
    if (told != null && connections.isEmpty()) {
      onceAlone = null;
      told.run();
    }
  }

  /** Whether {@link #drain} or {@link #close} was called. */
  public boolean isDraining() {
    return draining || closed;
  }

  private void orphaned(String conversationId) {
    backplane
        .isViewed(conversationId)
        .whenComplete(
            (viewed, failure) -> {
              if (failure == null && !viewed) {
                conversations
                    .find(conversationId)
                    .ifPresentOrElse(Conversation::abandon, () -> audience.ended(conversationId));
              } else {
                audience.wantedElsewhere(conversationId);
              }
            });
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

  /** What there is to do at this moment; goes through all connections. */
  public HubLoad load() {
    int running =
        (int)
            conversations.all().stream()
                .filter(conversation -> !conversation.result().isDone())
                .count();
    return connections.stream()
        .map(ViewerConnection::load)
        .reduce(new HubLoad(0, running, 0, 0, 0, 0), HubLoad::plus);
  }

  /** What times apply, for adapters. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /** Whose pages may connect, for adapters that can refuse a handshake early. */
  public AllowedOrigins allowedOrigins() {
    return allowedOrigins;
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

  Directory directory() {
    return directory;
  }

  Admission admission() {
    return admission;
  }

  @Nullable FlushInterval flushInterval() {
    return flushInterval;
  }

  SnapshotFrames snapshotFrames() {
    return snapshotFrames;
  }

  Audience audience() {
    return audience;
  }

  ConversationAccess access() {
    return access;
  }

  ViewerIdentity identify(String connectionId, Handshake handshake, ViewerIdentity.Owner owner) {
    Executor blocking = executor != null ? executor : DefaultExecutor.get();
    return new ViewerIdentity(
        connectionId, authenticator, blocking, clock, timeouts, handshake, owner);
  }

  /** Null where nobody listens, which costs nothing. */
  @Nullable DeliveryListener listener() {
    return listener;
  }

  CompletionStage<ControlFrame.Conversations> conversationsOf(User user) {
    return new ConversationList(directory, journal(), access).of(user);
  }

  ControlFrame.Agents catalogue() {
    return new ControlFrame.Agents(
        agents.values().stream().map(agent -> new Card(agent.name(), agent.description())).toList(),
        List.copyOf(selectors.keySet()));
  }

  void forget(ViewerConnection connection) {
    connections.remove(connection);
    tellAlone();
  }

  /** Starts what a viewer asks for; the id of the conversation comes when it is under way. */
  CompletionStage<String> start(StartConversation command, User user) throws ProtocolException {
    if (isDraining()) {
      throw new ProtocolException(
          ErrorCode.UNAVAILABLE, "The server is about to go down; connect again.", null);
    }
    GroupChat chat = chat(command);
    StartRequest request = StartRequest.of(user, command);
    if (request == null) {
      return enter(chat, command, user).thenApply(Entered::launch);
    }
    CompletableFuture<String> mine = new CompletableFuture<>();
    CompletionStage<String> earlier = starting.putIfAbsent(request, mine);
    if (earlier != null) {
      return earlier;
    }
    startOnce(chat, command, user, request)
        .whenComplete(
            (id, failure) -> {
              starting.remove(request);
              if (failure == null) {
                mine.complete(id);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine;
  }

  /** Starts it unless that was done before, or is done by another node at this moment. */
  private CompletionStage<String> startOnce(
      GroupChat chat, StartConversation command, User user, StartRequest request) {
    return directory
        .startedBy(request)
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedStage(known.get())
                    : enter(chat, command, user).thenCompose(entered -> entered.launch(request)));
  }

  private CompletionStage<Entered> enter(GroupChat chat, StartConversation command, User user) {
    String id = ConversationBuilder.newId();
    return backplane
        .ownership()
        .claim(id)
        .thenCompose(
            epoch ->
                directory
                    .add(info(id, user, command.topic(), chat))
                    .thenApply(done -> new Entered(id, epoch, chat, command)));
  }

  /** A conversation that all nodes know of, and that has not begun. */
  private final class Entered {
    private final String id;
    private final long epoch;
    private final GroupChat chat;
    private final StartConversation command;

    Entered(String id, long epoch, GroupChat chat, StartConversation command) {
      this.id = id;
      this.epoch = epoch;
      this.chat = chat;
      this.command = command;
    }

    String launch() {
      ConversationBuilder conversation = chat.newConversation(command.topic()).id(id).epoch(epoch);
      ConversationHub.this.launch(conversation, id, epoch, definition(chat, command), Set.of());
      return id;
    }

    /** Gives the conversation that the request means: this one, or one that came before. */
    CompletionStage<String> launch(StartRequest request) {
      return directory
          .started(request, id)
          .thenApply(
              first -> {
                if (first.equals(id)) {
                  return launch();
                }
                forget(id);
                return first;
              });
    }
  }

  private void forget(String id) {
    backplane.ownership().release(id);
    journal().remove(id);
    directory.remove(id);
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
    DeliveryListener told = listener;
    if (told != null) {
      told.onConversation(builder);
    }
    Scribe scribe = new Scribe(journal().open(id, epoch), definition, unfinished);
    Retention retention = new Retention(id, definition != null);
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

  /** Forgets a conversation some time after its end, unless it goes on; ends what nobody views. */
  private final class Retention implements StreamListener {
    private final String id;
    private final boolean needsViewers;

    // Guarded by this.
    private @Nullable Running running;
    private Alarm alarm = () -> {};

    Retention(String id, boolean needsViewers) {
      this.id = id;
      this.needsViewers = needsViewers;
    }

    synchronized void begin(Running running) {
      this.running = running;
    }

    @Override
    public synchronized void onConversationStarted(ConversationStarted event) {
      alarm.cancel();
      if (needsViewers) {
        audience.started(id);
      }
    }

    @Override
    public synchronized void onConversationEnded(ConversationEnded event) {
      audience.ended(id);
      alarm = clock.schedule(timeouts.endedConversation(), this::forgetConversation);
    }

    private synchronized void forgetConversation() {
      // Another node may have gone on with it.
      if (running != null && conversations.remove(running)) {
        forget(id);
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
    private Duration flushInterval = Duration.ZERO;
    private @Nullable Journal journal;
    private @Nullable Backplane backplane;
    private Function<Handshake, @Nullable String> clientAddress = Handshake::remoteAddress;
    private @Nullable Authenticator authenticator;
    private ConversationAccess access = ConversationAccess.byOwner();
    private AllowedOrigins allowedOrigins = AllowedOrigins.same();
    private @Nullable DeliveryListener listener;

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

    /**
     * How long a token may wait for the ones after it, so that they leave in one frame: fewer
     * frames for tokens that come later. A token that follows no other closely, and any other
     * event, leaves at once. Zero, the default, for not at all; a second at the most.
     */
    public Builder flushInterval(Duration interval) {
      if (interval.isNegative() || interval.compareTo(LONGEST_FLUSH) > 0) {
        throw new IllegalArgumentException(
            "flushInterval must be between 0 and 1 s, not " + interval);
      }
      this.flushInterval = interval;
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

    /**
     * Who finds out who viewers are. Without one all viewers are anonymous: each connection is a
     * user of its own, and conversations are for whoever knows their ids.
     */
    public Builder authenticator(Authenticator authenticator) {
      this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
      return this;
    }

    /** What users may do with conversations; {@link ConversationAccess#byOwner} by default. */
    public Builder access(ConversationAccess access) {
      this.access = Objects.requireNonNull(access, "access");
      return this;
    }

    /**
     * Which address a connection counts for under {@link Limits#connectionsPerAddress}; the one
     * that connected by default. Behind a proxy, give what the proxy tells of its client, for
     * example the last entry of {@code X-Forwarded-For}; null counts for none.
     */
    public Builder clientAddress(Function<Handshake, @Nullable String> clientAddress) {
      this.clientAddress = Objects.requireNonNull(clientAddress, "clientAddress");
      return this;
    }

    /** Whose pages may connect; {@link AllowedOrigins#same} by default. */
    public Builder allowedOrigins(AllowedOrigins origins) {
      this.allowedOrigins = Objects.requireNonNull(origins, "origins");
      return this;
    }

    /** Who is told what the hub does, for metrics and traces; nobody by default. */
    public Builder listener(DeliveryListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    private Backplane backplane(Limits limits, ChatClock clock) {
      if (backplane != null) {
        return backplane;
      }
      return new SingleNode(
          journal != null ? journal : new InMemoryJournal(limits, clock), new InMemoryDirectory());
    }

    /**
     * Makes the hub.
     *
     * @throws IllegalStateException if the catalogue is empty, or there is an authenticator and the
     *     backplane does not tell the nodes whose conversations are
     */
    public ConversationHub build() {
      if (agents.isEmpty()) {
        throw new IllegalStateException("A hub needs an agent: call agents(…)");
      }
      if (authenticator != null && backplane != null && backplane.directory() == null) {
        throw new IllegalStateException(
            "An authenticator needs a backplane with a directory, or other nodes would not know"
                + " whose a conversation is");
      }
      return new ConversationHub(this);
    }
  }
}
