package io.agentstream.spring;

import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.Handshake;
import io.agentstream.store.Store;
import io.agentstream.store.StoreSettings;
import io.agentstream.viewer.DeliveryListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** Builds a hub from the application's beans and properties. */
final class HubFactory {

  private static final String FORWARDED_BY_SERVER = "native";

  private final ApplicationContext beans;
  private final AgentstreamProperties properties;

  HubFactory(ApplicationContext beans, AgentstreamProperties properties) {
    this.beans = beans;
    this.properties = properties;
  }

  /**
   * Returns the hub.
   *
   * @throws StartFailure if there is neither an agent nor a team, or a module is missing that a
   *     property needs; the message names the remedy
   */
  ConversationHub create() {
    checkModules();
    ConversationHubBuilder hub = ConversationHub.builder();
    addCatalogue(hub);
    addSettings(hub);
    addIdentity(hub);
    addStorage(hub);
    beans.getBeanProvider(DeliveryListener.class).orderedStream().forEach(hub::listener);
    beans.getBeanProvider(HubCustomizer.class).orderedStream().forEach(each -> each.customize(hub));
    return hub.build();
  }

  private void checkModules() {
    require(properties.teams(), "teams", "io.agentstream.teams.TeamFile", "agentstream-teams");
    require(
        properties.http().enabled() ? "true" : null,
        "http.enabled",
        "io.agentstream.http.AgentstreamHttp",
        "agentstream-http");
    require(
        properties.redis().url(),
        "redis.url",
        "io.agentstream.redis.RedisBackplane",
        "agentstream-redis");
    require(
        properties.store().folder(),
        "store.folder",
        "io.agentstream.jdbc.JdbcStore",
        "agentstream-jdbc");
    if (properties.store().folder() != null && properties.redis().url() != null) {
      throw new StartFailure(
          "agentstream.store.folder belongs to one node, but agentstream.redis.url shares"
              + " conversations with others: leave one of them out, or keep conversations in a"
              + " PostgreSQL DataSource with agentstream.store.enabled=true");
    }
  }

  private void require(@Nullable String value, String property, String type, String module) {
    if (value != null && !ClassUtils.isPresent(type, beans.getClassLoader())) {
      throw new StartFailure(
          "agentstream." + property + " is set: add the dependency io.agentstream:" + module);
    }
  }

  private void addCatalogue(ConversationHubBuilder hub) {
    List<Agent> agents = new ArrayList<>();
    Map<String, GroupChat> teams = new LinkedHashMap<>();
    beans.getBeanProvider(Agent.class).orderedStream().forEach(agents::add);
    teams.putAll(beans.getBeansOfType(GroupChat.class));
    OfferedChats file = beans.getBeanProvider(OfferedChats.class).getIfAvailable();
    if (file != null) {
      agents.addAll(file.agents());
      file.teams().forEach((name, chat) -> addTeam(teams, name, chat));
    }
    if (agents.isEmpty() && teams.isEmpty()) {
      throw new StartFailure(
          "agentstream has neither an agent nor a team: declare a bean of type Agent or GroupChat,"
              + " or name a team file with agentstream.teams (agentstream.enabled=false switches"
              + " agentstream off)");
    }
    hub.agents(agents);
    teams.forEach(hub::team);
    List<SpeakerSelector> selectors =
        beans.getBeanProvider(SpeakerSelector.class).orderedStream().toList();
    if (!selectors.isEmpty()) {
      hub.speakerSelectors(selectors.toArray(new SpeakerSelector[0]));
    }
  }

  private static void addTeam(Map<String, GroupChat> teams, String name, GroupChat chat) {
    if (teams.putIfAbsent(name, chat) != null) {
      throw new StartFailure(
          "The team file and a bean of type GroupChat have the same name, '" + name + "'");
    }
  }

  private void addSettings(ConversationHubBuilder hub) {
    Settings settings = new Settings(beans, properties);
    hub.limits(settings.limits())
        .quotas(settings.quotas())
        .timeouts(settings.timeouts())
        .clock(settings.clock())
        .defaultMaxRounds(properties.defaultMaxRounds())
        .originalDialect(properties.originalDialect())
        .flushInterval(properties.flushInterval());
  }

  private void addIdentity(ConversationHubBuilder hub) {
    beans.getBeanProvider(Authenticator.class).ifUnique(hub::authenticator);
    beans.getBeanProvider(ConversationAccess.class).ifUnique(hub::access);
    if (!properties.allowedOrigins().isEmpty()) {
      hub.allowedOrigins(AllowedOrigins.of(properties.allowedOrigins()));
    }
    if (!properties.allowedHosts().isEmpty()) {
      hub.allowedHosts(AllowedHosts.of(properties.allowedHosts()));
    }
    String strategy = beans.getEnvironment().getProperty("server.forward-headers-strategy", "");
    if (strategy.equalsIgnoreCase(FORWARDED_BY_SERVER)) {
      // The server has put the client's address in the place of the proxy's.
      hub.clientAddress(Handshake::remoteAddress);
    }
  }

  private void addStorage(ConversationHubBuilder hub) {
    beans.getBeanProvider(Backplane.class).ifUnique(hub::backplane);
    AgentstreamProperties.Kept kept = properties.store();
    StoreSettings settings = new StoreSettings(kept.holdAfter(), kept.keep());
    beans.getBeanProvider(Store.class).ifUnique(store -> hub.store(store, settings));
  }
}
