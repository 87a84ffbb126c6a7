package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.chat.Agent;
import io.agentstream.chat.DefaultExecutor;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.Handshake;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.internal.ConnectionSettings;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.viewer.internal.SeveralListeners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link ConversationHub} is made of. Not safe for use by several threads. */
public final class ConversationHubBuilder {

  /** The longest {@link #flushInterval}. */
  public static final Duration MAX_FLUSH_INTERVAL = Duration.ofSeconds(1);

  private static final List<String> FORWARDED =
      List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

  private Map<String, Agent> agents = new LinkedHashMap<>();
  private Map<String, SpeakerSelector> selectors =
      Map.of(SpeakerSelector.roundRobin().name(), SpeakerSelector.roundRobin());
  private int defaultMaxRounds = GroupChat.DEFAULT_MAX_ROUNDS;
  private Timeouts timeouts = Timeouts.defaults();
  private Limits limits = Limits.defaults();
  private Quotas quotas = Quotas.defaults();
  private boolean originalDialect = true;
  private ChatClock clock = ChatClock.system();
  private @Nullable Executor executor;
  private Duration flushInterval = Duration.ZERO;
  private @Nullable Journal journal;
  private @Nullable Backplane backplane;
  private Function<Handshake, @Nullable String> clientAddress =
      ConversationHubBuilder::directAddress;
  private @Nullable Authenticator authenticator;
  private ConversationAccess access = ConversationAccess.byOwner();
  private AllowedOrigins allowedOrigins = AllowedOrigins.same();
  private AllowedHosts allowedHosts = AllowedHosts.any();
  private final List<DeliveryListener> listeners = new ArrayList<>();

  ConversationHubBuilder() {}

  /** The catalogue viewers choose from; at least one, each name once. */
  public ConversationHubBuilder agents(Agent... agents) {
    return agents(List.of(agents));
  }

  /** The catalogue viewers choose from; at least one, each name once. */
  public ConversationHubBuilder agents(List<Agent> agents) {
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
   * How viewers may have speakers picked, by the selectors' names; the first is the default. Round
   * robin alone unless said otherwise.
   */
  public ConversationHubBuilder speakerSelectors(SpeakerSelector... selectors) {
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
  public ConversationHubBuilder defaultMaxRounds(int rounds) {
    if (rounds < 1) {
      throw new IllegalArgumentException("defaultMaxRounds must be at least 1, not " + rounds);
    }
    this.defaultMaxRounds = rounds;
    return this;
  }

  /** How long things may take; {@link Timeouts#defaults} by default. */
  public ConversationHubBuilder timeouts(Timeouts timeouts) {
    this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
    return this;
  }

  /** How large things may get; {@link Limits#defaults} by default. */
  public ConversationHubBuilder limits(Limits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
    return this;
  }

  /** How much users may take of the server; {@link Quotas#defaults} by default. */
  public ConversationHubBuilder quotas(Quotas quotas) {
    this.quotas = Objects.requireNonNull(quotas, "quotas");
    return this;
  }

  /**
   * Whether connections without a subprotocol are taken, which then speak the original dialect;
   * true by default. In that dialect a message costs the square of its length: each token repeats
   * the text so far. If false, such a connection is closed with 4505.
   */
  public ConversationHubBuilder originalDialect(boolean spoken) {
    this.originalDialect = spoken;
    return this;
  }

  /** The clock that all times are measured on; the machine's by default. */
  public ConversationHubBuilder clock(ChatClock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /** Where code runs that may block; see {@link GroupChat.Builder#executor}. */
  public ConversationHubBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * How long a token may wait for the ones after it, so that they leave in one frame: fewer frames
   * for tokens that come later. A token that follows no other closely, and any other event, leaves
   * at once. Zero, the default, for not at all; a second at the most.
   */
  public ConversationHubBuilder flushInterval(Duration interval) {
    if (interval.isNegative() || interval.compareTo(MAX_FLUSH_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "flushInterval must be between 0 and 1 s, not " + interval);
    }
    this.flushInterval = interval;
    return this;
  }

  /** Where events are kept; an {@link InMemoryJournal} by default. */
  public ConversationHubBuilder journal(Journal journal) {
    this.journal = Objects.requireNonNull(journal, "journal");
    return this;
  }

  /**
   * What this node shares with others, in place of a journal of its own. All of them need the same
   * catalogue, since any of them may have to go on with a conversation.
   */
  public ConversationHubBuilder backplane(Backplane backplane) {
    this.backplane = Objects.requireNonNull(backplane, "backplane");
    return this;
  }

  /**
   * Who finds out who viewers are. Without one all viewers are anonymous: each connection is a user
   * of its own, and conversations are for whoever knows their ids.
   */
  public ConversationHubBuilder authenticator(Authenticator authenticator) {
    this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
    return this;
  }

  /** What users may do with conversations; {@link ConversationAccess#byOwner} by default. */
  public ConversationHubBuilder access(ConversationAccess access) {
    this.access = Objects.requireNonNull(access, "access");
    return this;
  }

  /**
   * Which address a connection of nobody known counts for, under {@link
   * Limits#connectionsPerAddress} and whatever else is limited for one address; by default the one
   * that connected, or none if a proxy did, which a header like {@code X-Forwarded-For} gives away.
   * Behind a proxy, give what the proxy tells of its client, for example the last entry of that
   * header. All of whom no address is known (null) share limits that are ten times as large. Where
   * it throws, the connection is closed with 1011.
   */
  public ConversationHubBuilder clientAddress(Function<Handshake, @Nullable String> clientAddress) {
    this.clientAddress = Objects.requireNonNull(clientAddress, "clientAddress");
    return this;
  }

  /** Whose pages may connect; {@link AllowedOrigins#same} by default. */
  public ConversationHubBuilder allowedOrigins(AllowedOrigins origins) {
    this.allowedOrigins = Objects.requireNonNull(origins, "origins");
    return this;
  }

  /**
   * Sets the names that the server answers for; a connection with another {@code Host} is closed
   * with 4502. Default {@link AllowedHosts#any}. List your names wherever a browser can reach the
   * server and nothing in front of it checks {@code Host}, above all on a developer's machine: the
   * comparison of {@code Origin} with {@code Host} alone lets a page in whose name resolves to this
   * server.
   */
  public ConversationHubBuilder allowedHosts(AllowedHosts hosts) {
    this.allowedHosts = Objects.requireNonNull(hosts, "hosts");
    return this;
  }

  /**
   * Adds a listener for metrics or tracing; may be called several times. Without one, observation
   * costs nothing.
   */
  public ConversationHubBuilder listener(DeliveryListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  private static @Nullable String directAddress(Handshake handshake) {
    return FORWARDED.stream().anyMatch(name -> handshake.header(name) != null)
        ? null
        : handshake.remoteAddress();
  }

  private Backplane backplaneOrOwn() {
    return backplane != null
        ? backplane
        : Backplane.singleNode(
            journal != null ? journal : new InMemoryJournal(limits, clock),
            new InMemoryDirectory());
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
    HubSettings settings =
        new HubSettings(
            timeouts,
            limits,
            quotas,
            clock,
            executor != null ? executor : DefaultExecutor.get(),
            SeveralListeners.guarded(listeners));
    return new ConversationHub(
        settings,
        new ConnectionSettings(
            authenticator,
            allowedOrigins,
            allowedHosts,
            clientAddress,
            originalDialect,
            flushInterval),
        new Catalogue(settings, agents, selectors, defaultMaxRounds),
        Shared.of(backplaneOrOwn()),
        access);
  }
}
