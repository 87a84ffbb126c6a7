package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.Handshake;
import io.agentstream.internal.DefaultExecutor;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.store.Store;
import io.agentstream.store.StoreSettings;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.internal.ConnectionSettings;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.viewer.internal.SeveralListeners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ConversationHub}. Not thread-safe. */
public final class ConversationHubBuilder {

  /** The longest {@link #flushInterval}. */
  public static final Duration MAX_FLUSH_INTERVAL = Duration.ofSeconds(1);

  private static final int MAX_LINKS = 1_000;

  private static final List<String> FORWARDED =
      List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

  private final Catalogue.Builder catalogue = new Catalogue.Builder();
  private Editors editors = Editors.NOBODY;
  private Timeouts timeouts = Timeouts.defaults();
  private Limits limits = Limits.defaults();
  private Quotas quotas = Quotas.defaults();
  private boolean originalDialect = true;
  private ChatClock clock = ChatClock.system();
  private @Nullable Executor executor;
  private Duration flushInterval = Duration.ZERO;
  private final BackplaneChoice backplane = new BackplaneChoice();
  private Function<Handshake, @Nullable String> clientAddress =
      ConversationHubBuilder::directAddress;
  private @Nullable Authenticator authenticator;
  private ConversationAccess access = ConversationAccess.byOwner();
  private int linksPerConversation = 20;
  private boolean presence = true;
  private AllowedOrigins allowedOrigins = AllowedOrigins.same();
  private AllowedHosts allowedHosts = AllowedHosts.any();
  private final List<DeliveryListener> listeners = new ArrayList<>();

  ConversationHubBuilder() {}

  /** Sets the catalogue of agents for viewers: at least one agent, with unique names. */
  public ConversationHubBuilder agents(Agent... agents) {
    return agents(List.of(agents));
  }

  /** Sets the catalogue of agents for viewers: at least one agent, with unique names. */
  public ConversationHubBuilder agents(List<Agent> agents) {
    catalogue.agents(agents);
    return this;
  }

  /**
   * Lets users make agents and teams of their own; without an editor, the default, nobody can. With
   * a store, those of authenticated users are kept there; otherwise the client keeps them and sends
   * them with each start.
   *
   * @param editor reads them
   * @param who may make them
   */
  public ConversationHubBuilder editor(CatalogueEditor editor, Editors who) {
    catalogue.editor(Objects.requireNonNull(editor, "editor"));
    this.editors = Objects.requireNonNull(who, "who");
    return this;
  }

  /**
   * Adds a chat that viewers can start by its name. The chat keeps everything it was built with:
   * its termination, failure and input policies, also after a takeover by another node, and its own
   * clock, executor, timeouts and limits. Nodes that share conversations need teams of the same
   * names; a conversation whose team is missing ends with {@code failed} at its takeover.
   *
   * @param name the name for viewers: not blank, at most 128 characters, unique
   */
  public ConversationHubBuilder team(String name, GroupChat chat) {
    catalogue.team(name, chat);
    return this;
  }

  /**
   * Sets the speaker selections for viewers; the first is the default. By default only round robin
   * is available.
   */
  public ConversationHubBuilder speakerSelectors(SpeakerSelector... selectors) {
    catalogue.selectors(List.of(selectors));
    return this;
  }

  /** Sets the number of rounds of a conversation whose start has none; default 3. */
  public ConversationHubBuilder defaultMaxRounds(int rounds) {
    catalogue.defaultMaxRounds(rounds);
    return this;
  }

  /** Sets the timeouts; default {@link Timeouts#defaults}. */
  public ConversationHubBuilder timeouts(Timeouts timeouts) {
    this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
    return this;
  }

  /** Sets the limits; default {@link Limits#defaults}. */
  public ConversationHubBuilder limits(Limits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
    return this;
  }

  /** Sets the quotas of users; default {@link Quotas#defaults}. */
  public ConversationHubBuilder quotas(Quotas quotas) {
    this.quotas = Objects.requireNonNull(quotas, "quotas");
    return this;
  }

  /**
   * Sets whether connections without a subprotocol are accepted; they speak the original dialect.
   * Default true. In that dialect each token repeats the text so far, so a message costs the square
   * of its length. If false, such a connection is closed with 4505.
   */
  public ConversationHubBuilder originalDialect(boolean spoken) {
    this.originalDialect = spoken;
    return this;
  }

  /** Sets the clock; default: the machine's. */
  public ConversationHubBuilder clock(ChatClock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /** Sets the executor for code that may block; see {@link GroupChat.Builder#executor}. */
  public ConversationHubBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets how long a token may wait for the next ones, so that they share a frame; this saves frames
   * and delays tokens. A token that does not closely follow another, and any other event, leaves at
   * once. Default zero; at most one second.
   */
  public ConversationHubBuilder flushInterval(Duration interval) {
    if (interval.isNegative() || interval.compareTo(MAX_FLUSH_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "flushInterval must be between 0 and 1 s, not " + interval);
    }
    this.flushInterval = interval;
    return this;
  }

  /** Sets the journal; default an {@link InMemoryJournal}. */
  public ConversationHubBuilder journal(Journal journal) {
    this.backplane.journal(Objects.requireNonNull(journal, "journal"));
    return this;
  }

  /**
   * Sets the backplane that this node shares with others, in place of a journal of its own. All
   * nodes need the same catalogue, because any node may take over a conversation.
   */
  public ConversationHubBuilder backplane(Backplane backplane) {
    this.backplane.backplane(Objects.requireNonNull(backplane, "backplane"));
    return this;
  }

  /**
   * Keeps conversations in a store, in place of a journal, with {@link StoreSettings#defaults}.
   * With a {@link #backplane}, all its nodes need the same store, which then has what the backplane
   * forgets. The hub does not close the store.
   */
  public ConversationHubBuilder store(Store store) {
    return store(store, StoreSettings.defaults());
  }

  /** Does the same with other settings. */
  public ConversationHubBuilder store(Store store, StoreSettings settings) {
    this.backplane.store(
        Objects.requireNonNull(store, "store"), Objects.requireNonNull(settings, "settings"));
    return this;
  }

  /**
   * Sets the authenticator. Without one all viewers are anonymous: each connection is a separate
   * user, and conversations are open to anyone who knows their ids.
   */
  public ConversationHubBuilder authenticator(Authenticator authenticator) {
    this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
    return this;
  }

  /** Sets users' rights in conversations; default {@link ConversationAccess#byOwner}. */
  public ConversationHubBuilder access(ConversationAccess access) {
    this.access = Objects.requireNonNull(access, "access");
    return this;
  }

  /**
   * Sets by how many links one conversation may be shared at a time; default 20, 0 for none. See
   * {@link ConversationHub#sharing}.
   *
   * @param links from 0 to 1,000
   */
  public ConversationHubBuilder linksPerConversation(int links) {
    if (links < 0 || links > MAX_LINKS) {
      throw new IllegalArgumentException(
          "linksPerConversation must be from 0 to " + MAX_LINKS + ", not " + links);
    }
    this.linksPerConversation = links;
    return this;
  }

  /**
   * Sets whether viewers that ask for it see who else views a conversation and who types; default
   * true. Only viewers that ask for it are seen.
   */
  public ConversationHubBuilder presence(boolean shown) {
    this.presence = shown;
    return this;
  }

  /**
   * Sets the function for the address under which an anonymous connection counts, for {@link
   * Limits#connectionsPerAddress} and all other limits by address. Default: the address that
   * connected, or null if a header like {@code X-Forwarded-For} reveals a proxy. Behind a proxy,
   * return the client's address from the proxy, for example the last entry of that header. All
   * connections without an address (null) share limits that are ten times as large. If the function
   * throws, the connection is closed with 1011.
   */
  public ConversationHubBuilder clientAddress(Function<Handshake, @Nullable String> clientAddress) {
    this.clientAddress = Objects.requireNonNull(clientAddress, "clientAddress");
    return this;
  }

  /** Sets the origins whose pages may connect; default {@link AllowedOrigins#same}. */
  public ConversationHubBuilder allowedOrigins(AllowedOrigins origins) {
    this.allowedOrigins = Objects.requireNonNull(origins, "origins");
    return this;
  }

  /**
   * Sets the server's host names; a connection with another {@code Host} is closed with 4502.
   * Default {@link AllowedHosts#any}. List your names if a browser can reach the server and no
   * proxy in front of it checks {@code Host}, above all on a developer's machine: the comparison of
   * {@code Origin} with {@code Host} alone does not stop a page that uses DNS rebinding.
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

  /**
   * Returns the hub.
   *
   * @throws IllegalStateException if there is neither an agent nor a team, if there is a store
   *     beside a journal or one for a single node beside a backplane, or if there is a store or an
   *     authenticator and the backplane does not share the owners of conversations
   */
  public ConversationHub build() {
    if (catalogue.isEmpty()) {
      throw new IllegalStateException("A hub needs an agent or a team: call agents(…) or team(…)");
    }
    backplane.check(authenticator != null);
    HubSettings settings =
        new HubSettings(
            timeouts,
            limits,
            quotas,
            clock,
            executor != null ? executor : DefaultExecutor.get(),
            SeveralListeners.guarded(listeners, new UserCode(clock::nanoTime)));
    return new ConversationHub(
        settings,
        new ConnectionSettings(
            authenticator,
            allowedOrigins,
            allowedHosts,
            clientAddress,
            originalDialect,
            flushInterval),
        catalogue.build(settings),
        editors,
        Shared.of(backplane.make(limits, clock)),
        new Company(access, linksPerConversation, presence));
  }
}
