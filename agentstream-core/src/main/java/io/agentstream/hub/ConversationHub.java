package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.internal.TimeoutThread;
import io.agentstream.presence.Attendance;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.sharing.Shares;
import io.agentstream.store.StoreBackplane;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.viewer.internal.Admission;
import io.agentstream.viewer.internal.ConnectionSettings;
import io.agentstream.viewer.internal.Encoders;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.viewer.internal.Viewers;
import io.agentstream.wire.ConversationCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of a server: it has the catalogue of agents, runs conversations, and serves the
 * connections that view them. Create one for each server. Thread-safe; no method blocks.
 *
 * <pre>{@code
 * ConversationHub hub = ConversationHub.builder().agents(optimist, sceptic).build();
 * }</pre>
 */
public final class ConversationHub implements AutoCloseable {

  private final HubSettings settings;
  private final AllowedOrigins allowedOrigins;
  private final HubClock ownClock;
  private final Backplane backplane;
  private final Admission admission;
  private final Meters meters;
  private final Orphans orphans;
  private final Audience audience;
  private final LocalConversations conversations = new LocalConversations();
  private final Catalogue catalogue;
  private final ConversationLauncher launcher;
  private final Sharing sharing;
  private final Attending attending;
  private final HubConversations steered;
  private final Viewers viewers;
  private final HubShutdown shutdown;
  private final ClockBeat beat;

  ConversationHub(
      HubSettings settings,
      ConnectionSettings connections,
      Catalogue catalogue,
      Editors editors,
      Shared shared,
      Company company) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.allowedOrigins = connections.origins();
    this.ownClock = new HubClock(settings.clock());
    this.beat = new ClockBeat(settings.clock());
    this.backplane = shared.backplane();
    this.admission = new Admission(settings.limits(), settings.quotas(), settings.clock());
    this.meters = Meters.of(settings, admission, this::isAwaited);
    this.orphans = new Orphans(backplane, conversations);
    this.audience = new Audience(ownClock, this::orphaned);
    this.launcher =
        new ConversationLauncher(
            catalogue, conversations, shared, audience, settings.on(ownClock), meters);
    Shares shares = shared.shares(settings.clock(), company.linksPerConversation());
    this.sharing = new Sharing(shares, backplane.signals(), this::sharesChanged);
    Following following = new Following(backplane.signals());
    this.attending = new Attending(attendance(company), shared.directory(), following);
    this.steered =
        new HubConversations(
            new UserCatalogue(catalogue, editors, shared.backplane().definitions()),
            launcher,
            conversations,
            shared,
            new Rights(shared.directory(), company.access(), shares),
            sharing,
            following,
            attending,
            audience);
    this.viewers = new Viewers(settings, connections, steered, admission);
    TimeoutThread.start();
    this.shutdown = new HubShutdown(settings, conversations, viewers, backplane);
    conversations.onForgotten(viewers::forgotten);
    backplane.signals().start(this::heard);
    DeliveryListener listener = settings.listener();
    if (listener != null) {
      listener.onHub(this::load);
      if (backplane instanceof StoreBackplane stored) {
        listener.onStore(() -> Shared.load(stored.figures()));
      }
    }
    backplane.ownership().start(new HubNode(conversations, backplane.journal(), launcher::restore));
  }

  /**
   * Replaces the agents and teams that viewers may start. Conversations under way keep theirs; one
   * that is restored later gets the new ones of the same names.
   *
   * @throws IllegalArgumentException if there is neither an agent nor a team, or if a name is
   *     invalid or not unique; then everything stays as it was
   */
  public void offer(List<Agent> agents, Map<String, GroupChat> teams) {
    offer(agents, teams, catalogue.offer().editor());
  }

  /**
   * Does the same, and replaces the editor.
   *
   * @param editor reads what users make from now on; null if users make nothing any more
   */
  public void offer(
      List<Agent> agents, Map<String, GroupChat> teams, @Nullable CatalogueEditor editor) {
    Catalogue.Builder changed = new Catalogue.Builder();
    changed.agents(agents);
    teams.forEach(changed::team);
    changed.editor(editor);
    if (changed.isEmpty()) {
      throw new IllegalArgumentException("A hub needs an agent or a team");
    }
    catalogue.offer(changed.offer());
  }

  /** Returns a builder for a hub. */
  public static ConversationHubBuilder builder() {
    return new ConversationHubBuilder();
  }

  /** Connects a viewer without the data of a handshake. */
  public ViewerConnection connect(Transport transport, boolean original) {
    return connect(transport, original, Handshake.none());
  }

  /**
   * Connects a viewer. The viewer gets its welcome as soon as it is known whether it must
   * authenticate.
   *
   * @param original true to speak the original dialect, for a connection without a subprotocol
   * @param handshake the connection's handshake, which may identify the viewer; a page with a
   *     forbidden origin or host is closed with 4502
   */
  public ViewerConnection connect(Transport transport, boolean original, Handshake handshake) {
    return connect(transport, Encoders.of(original), handshake);
  }

  /**
   * Connects a viewer that receives a format of its own: {@code encoder} writes all that is sent to
   * it. The viewer sends commands of the protocol like any other viewer.
   *
   * @param encoder the encoder, for this connection alone
   * @param handshake the connection's handshake, as above
   */
  public ViewerConnection connect(Transport transport, ViewerEncoder encoder, Handshake handshake) {
    return viewers.admit(transport, encoder, handshake);
  }

  /**
   * Starts a conversation without an owner. By default anyone who knows its id may join and steer
   * it; {@link ConversationHubBuilder#access} can change that.
   *
   * @param chat the chat
   * @param topic the topic; not blank
   */
  public Conversation start(GroupChat chat, String topic) {
    return start(chat, topic, null);
  }

  /**
   * Starts a conversation that viewers can join by its id. No other node can take it over, because
   * its agents need not be in the catalogue.
   *
   * @param chat the chat
   * @param topic the topic; not blank
   * @param owner its owner, or null
   */
  public Conversation start(GroupChat chat, String topic, @Nullable User owner) {
    return launcher.start(chat, topic, owner);
  }

  /** Returns the conversations on this node, running or ended and still kept, in any order. */
  public Collection<Conversation> conversations() {
    return conversations.all();
  }

  /** Returns the conversation with this id, if it is on this node. */
  public Optional<Conversation> find(String id) {
    return conversations.find(id);
  }

  /**
   * Carries out a command for the application, without checking rights, on whichever node runs the
   * conversation. Fails with {@link io.agentstream.journal.UnavailableException} if it is unknown.
   */
  public CompletionStage<SteeringOutcome> steer(ConversationCommand command) {
    return steered.steer(command);
  }

  /**
   * Prepares for a shutdown: refuses starts with {@code unavailable} and new connections with 1013,
   * and begins no further turn. When current speakers have finished, or after {@link
   * Timeouts#drain()}, the hub closes.
   *
   * @return completes when the hub has closed
   */
  public CompletionStage<Void> drain() {
    launcher.drain();
    return shutdown.drain().thenRun(this::close);
  }

  /** Returns true once {@link #drain} or {@link #close} was called. */
  public boolean isDraining() {
    return viewers.isDraining();
  }

  private void sharesChanged(String conversationId) {
    viewers.sharesChanged(conversationId);
  }

  /** Receives what another node tells about a conversation. */
  private void heard(String conversationId, String signal) {
    if (signal.equals(Sharing.CHANGED)) {
      sharesChanged(conversationId);
    } else {
      attending.heard(conversationId, signal);
    }
  }

  private @Nullable Attendance attendance(Company company) {
    return company.presence()
        ? new Attendance(settings.clock(), ConversationBuilder.newId(), backplane.signals()::send)
        : null;
  }

  /** Returns the links by which conversations are shared. */
  public Sharing sharing() {
    return sharing;
  }

  private boolean isAwaited(String conversationId) {
    return audience.isViewed(conversationId) && viewers.isAwaited(conversationId);
  }

  private void orphaned(String conversationId) {
    orphans.check(conversationId, audience);
  }

  /**
   * Closes every connection, including later ones, with 1001. Conversations stop or, with several
   * nodes, continue on another node. With a store they continue after a restart, and this method
   * waits until the last turns are written, for a few seconds at the most.
   */
  @Override
  public void close() {
    launcher.drain();
    beat.stop();
    ownClock.close();
    shutdown.close();
  }

  /** Returns the current load; iterates over all connections. */
  public HubLoad load() {
    int running = conversations.countRunning();
    return new HubLoad(
            0, running, 0, 0, 0, 0, 0, meters.kept().count(), meters.kept().bytes(), false)
        .plus(viewers.load());
  }

  /**
   * Returns the problems of the threads that all conversations need, for example for a liveness
   * probe. Observation begins with the first call, so call it once at the start; from then on it
   * costs one alarm a second. A clock whose alarms have not rung for 10 seconds is a problem.
   */
  public HubHealth health() {
    List<String> problems = new ArrayList<>(backplane.problems());
    if (!beat.isAlive()) {
      problems.add("The clock's alarms do not ring: no timeout works");
    }
    return new HubHealth(problems);
  }

  /** Returns the timeouts, for adapters. */
  public Timeouts timeouts() {
    return settings.timeouts();
  }

  /** Returns the allowed origins, for adapters that can refuse a handshake early. */
  public AllowedOrigins allowedOrigins() {
    return allowedOrigins;
  }

  /** Returns the network that a client counts for, for adapters; null if unknown. */
  public @Nullable String network(Handshake handshake) {
    return viewers.network(handshake);
  }

  /** Returns the limits, for adapters. */
  public Limits limits() {
    return settings.limits();
  }

  Admission admission() {
    return admission;
  }
}
