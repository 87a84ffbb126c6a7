package io.agentstream.examples.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.examples.backup.BackupDesk;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.HttpSpec;
import io.agentstream.examples.config.MetricsSpec;
import io.agentstream.examples.config.TeamSource;
import io.agentstream.examples.guard.BareErrors;
import io.agentstream.examples.guard.ConnectionGuard;
import io.agentstream.examples.guard.DoorPaths;
import io.agentstream.examples.guard.HostGuard;
import io.agentstream.examples.guard.MetricsPort;
import io.agentstream.examples.guard.RequestGuard;
import io.agentstream.http.AgentstreamHttp;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.hub.CatalogueEditor;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.hub.Editors;
import io.agentstream.jakarta.AgentstreamWebSocket;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.redis.RedisBackplane;
import io.agentstream.store.Store;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page on {@code /}, the browser client under {@code /agentstream/}, the WebSocket on
 * {@code /ws}, the doors of {@link AgentstreamHttp}, {@code /health}, {@code /info} and {@code
 * /metrics}, with an embedded Jetty.
 */
final class ReferenceServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReferenceServer.class);

  /** No handler blocks, so a few threads serve any number of viewers. */
  private static final int MAX_THREADS = 16;

  /**
   * With the system's default of 50, many viewers that reconnect after a restart would wait for
   * seconds.
   */
  private static final int ACCEPT_QUEUE = 1024;

  /** How long viewers have to answer the close before their sockets are aborted. */
  private static final int STOP_MILLIS = 2_000;

  private final AgentCatalogue catalogue;
  private final @Nullable RedisBackplane redis;
  private final @Nullable Store store;
  private final Observation observation;
  private final ConversationHub hub;
  private final Map<String, HttpDoor> doors;
  private final Server server;
  private final ServerConnector connector;
  private final @Nullable ServerConnector metricsConnector;
  private final @Nullable TeamWatch teamWatch;
  private final @Nullable BackupDesk backups;
  private final OfferedTools offered;
  private final Editors editors;

  private ReferenceServer(
      String host, int port, AgentCatalogue catalogue, Visitors visitors, Observation observation)
      throws ConfigException {
    this.catalogue = catalogue;
    this.editors = visitors.editors();
    this.offered =
        new OfferedTools(catalogue.tools(), catalogue.config().timeouts().conversation());
    this.observation = observation;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("http");
    this.server = new Server(threads);
    this.connector = connector(host, port);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    MetricsSpec metrics = catalogue.config().observation().metrics();
    this.metricsConnector =
        metrics.port() == null ? null : connector(metrics.host(), metrics.port());
    listen();
    this.redis = SharedRedis.connect(catalogue.config());
    this.store =
        redis == null
            ? OpenedStore.open(catalogue.config().store(), System.getenv())
            : OpenedStore.openForNodes(catalogue.config().store(), System.getenv());
    Path folder = catalogue.config().store().folder();
    this.backups =
        folder != null && store instanceof JdbcStore kept ? BackupDesk.open(folder, kept) : null;
    this.hub = hub(visitors);
    this.doors = Doors.of(HttpFront.of(hub), catalogue.config().http().formats());
    server.setStopTimeout(STOP_MILLIS);
    DoorPaths paths = DoorPaths.of(doors.keySet());
    server.setErrorHandler(new BareErrors(paths));
    server.setHandler(guarded(site(), paths));
    TeamSource source = catalogue.config().teams();
    this.teamWatch = source == null ? null : new TeamWatch(source.path(), this::take);
  }

  /** Offers the agents and teams of a file that has changed. */
  private void take(TeamSource source) throws ConfigException {
    AgentCatalogue changed = catalogue.with(source);
    try {
      hub.offer(changed.agents(), changed.teams(), editor(changed));
    } catch (ConfigException | RuntimeException e) {
      changed.tools().run();
      throw e;
    }
    offered.replace(changed.tools());
  }

  /** Connections are checked first, then host names, then methods and paths. */
  private Handler guarded(Handler site, DoorPaths paths) {
    HttpSpec http = catalogue.config().http();
    Handler all = metricsConnector == null ? site : new MetricsPort(site, metricsConnector);
    Handler front = new RequestGuard(all, paths);
    ConnectionGuard connections =
        new ConnectionGuard(new HostGuard(front, http.hosts(), paths), http, paths);
    for (Connector each : server.getConnectors()) {
      each.addBean(connections, false);
    }
    return connections;
  }

  private ServerConnector connector(String host, int port) {
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    return connector;
  }

  /** An editor starts every MCP server of the file, so there is none where nobody uses it. */
  private @Nullable CatalogueEditor editor(AgentCatalogue of) throws ConfigException {
    return editors == Editors.NOBODY ? null : of.editor();
  }

  private ConversationHub hub(Visitors visitors) throws ConfigException {
    ConversationHubBuilder hub =
        ConversationHub.builder()
            .agents(catalogue.agents())
            .limits(catalogue.config().limits())
            .quotas(catalogue.config().quotas())
            .timeouts(catalogue.config().timeouts())
            .flushInterval(catalogue.config().delivery().flushInterval())
            .originalDialect(catalogue.config().delivery().originalDialect())
            .presence(catalogue.config().delivery().presence())
            .speakerSelectors(catalogue.speakerSelectors());
    CatalogueEditor editor = editor(catalogue);
    if (editor != null) {
      hub.editor(editor, editors);
    }
    catalogue.teams().forEach(hub::team);
    visitors.applyTo(hub);
    observation.applyTo(hub);
    if (redis != null) {
      hub.backplane(redis);
    }
    if (store != null) {
      hub.store(store, catalogue.config().store().settings());
    }
    return hub.build();
  }

  /**
   * Starts a server.
   *
   * @param port 0 for any free port
   * @throws ConfigException if it cannot listen there or cannot reach its Redis
   */
  static ReferenceServer start(
      String host, int port, AgentCatalogue catalogue, Visitors visitors, Observation observation)
      throws ConfigException {
    ReferenceServer server = new ReferenceServer(host, port, catalogue, visitors, observation);
    try {
      server.server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The server could not be started", e);
    }
    if (server.teamWatch != null) {
      server.teamWatch.start();
    }
    return server;
  }

  String url() {
    return urlOf(connector);
  }

  private static String urlOf(ServerConnector at) {
    String host = at.getHost();
    String inUrl = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + inUrl + ":" + at.getLocalPort();
  }

  /** Says in the log where conversations are kept, unless that is Redis alone. */
  void announceStore() {
    if (redis == null || store != null) {
      OpenedStore.announce(catalogue.config().store());
    }
  }

  /** Makes the metrics readable, and logs their address if they have a separate port. */
  void publishMetrics() {
    observation.publish();
    if (metricsConnector != null) {
      log.info("Metrics on {}/metrics", urlOf(metricsConnector));
    }
  }

  ConversationHub hub() {
    return hub;
  }

  /** Returns how long {@link #close} may wait for current speakers and a collector of traces. */
  Duration longestWait() {
    return hub.timeouts().drain().plus(observation.longestClose());
  }

  /** Waits for current speakers, closes viewers' connections with 1001, and stops. */
  @Override
  public void close() {
    if (teamWatch != null) {
      teamWatch.close();
    }
    hub.drain().toCompletableFuture().join();
    closeKept();
    try {
      stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server could not be stopped", e);
    } finally {
      offered.close();
      catalogue.close();
      observation.close();
    }
  }

  /** Viewers that do not answer the close are no failure: Jetty has stopped, and aborted them. */
  private void stop() throws Exception {
    try {
      server.stop();
    } catch (TimeoutException e) {
      if (e.getSuppressed().length > 0) {
        throw e;
      }
      log.info("Connections that did not end within {} ms were aborted", STOP_MILLIS);
    }
  }

  private void closeKept() {
    if (backups != null) {
      backups.close();
    }
    if (redis != null) {
      redis.close();
    }
    if (store != null) {
      store.close();
    }
  }

  /**
   * Opens the ports before the store: a hub continues conversations as soon as it has its store,
   * and a server that cannot listen must leave them alone.
   */
  private void listen() throws ConfigException {
    for (Connector each : server.getConnectors()) {
      listen((ServerConnector) each);
    }
  }

  private void listen(ServerConnector at) throws ConfigException {
    try {
      at.open();
    } catch (IOException | UnresolvedAddressException e) {
      offered.close();
      catalogue.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String reason = cause.getMessage() == null ? "no such host" : cause.getMessage();
      throw new ConfigException(
          "cannot listen on " + at.getHost() + ":" + at.getPort() + ": " + reason);
    }
  }

  private ServletContextHandler site() {
    ServletContextHandler site = new ServletContextHandler("/");
    site.addServlet(new ServletHolder(new StaticFiles("page")), "/*");
    site.addServlet(
        new ServletHolder(new StaticFiles("META-INF/resources/agentstream")), "/agentstream/*");
    site.addServlet(new ServletHolder(new StaticFiles("META-INF/resources/webjars")), "/webjars/*");
    site.addServlet(new ServletHolder(new Health(hub::isDraining, this::problems)), "/health");
    site.addServlet(new ServletHolder(new FixedJson(info())), "/info");
    site.addServlet(new ServletHolder(observation.servlet()), "/metrics");
    doors.forEach((path, door) -> site.addServlet(asynchronous(door), path));
    JakartaWebSocketServletContainerInitializer.configure(
        site, (context, container) -> AgentstreamWebSocket.register(container, "/ws", hub));
    return site;
  }

  private static ServletHolder asynchronous(HttpDoor door) {
    ServletHolder holder = new ServletHolder(door);
    holder.setAsyncSupported(true);
    return holder;
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>(hub.health().problems());
    problems.addAll(catalogue.models().problems());
    return problems;
  }

  private ObjectNode info() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("demo", catalogue.models().isDemo())
        .put("model", catalogue.models().defaultModel());
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.addCustomizer(new SecurityHeaders());
    return http;
  }
}
