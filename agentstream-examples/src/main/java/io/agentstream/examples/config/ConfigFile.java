package io.agentstream.examples.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration file. Unknown keys are errors, because they are usually mistyped known
 * ones.
 */
public final class ConfigFile {

  private static final Set<String> KEYS =
      Set.of(
          "agents",
          "team_file",
          "catalogue",
          "limits",
          "timeouts",
          "delivery",
          "allowed_origins",
          "auth",
          "redis",
          "store",
          "server",
          "metrics",
          "log",
          "tracing");

  private static final int LONGEST_FLUSH_MILLIS =
      (int) ConversationHubBuilder.MAX_FLUSH_INTERVAL.toMillis();
  private static final int LONGEST_LEASE_SECONDS = 60;
  private static final int LONGEST_SECONDS = (int) Duration.ofDays(24).toSeconds();

  private static final Map<String, BiConsumer<Limits.Builder, Integer>> LIMITS =
      Map.ofEntries(
          limit("max_agents", Limits.Builder::maxAgents),
          limit("max_rounds", Limits.Builder::maxRounds),
          limit("max_topic_chars", Limits.Builder::maxTopicChars),
          limit("max_message_bytes", Limits.Builder::maxMessageBytes),
          limit("max_answer_chars", Limits.Builder::maxAnswerChars),
          limit("max_tool_result_chars", Limits.Builder::maxToolResultChars),
          limit("max_conversation_chars", Limits.Builder::maxConversationChars),
          limit("max_conversation_messages", Limits.Builder::maxConversationMessages),
          limit("max_waiting_messages", Limits.Builder::maxWaitingMessages),
          limit("max_import_bytes", Limits.Builder::maxImportBytes),
          limit("journal_events", Limits.Builder::journalEvents),
          limit("journal_chars", Limits.Builder::journalChars),
          limit("journal_seconds", Limits.Builder::journalSeconds));

  /** Limits that may be 0, which means unlimited. */
  private static final Map<String, BiConsumer<Limits.Builder, Integer>> OPTIONAL_LIMITS =
      Map.of(
          "connections_per_address", Limits.Builder::connectionsPerAddress,
          "connections_per_user", Limits.Builder::connectionsPerUser,
          "conversations_per_connection", Limits.Builder::conversationsPerConnection,
          "starts_per_minute", Limits.Builder::startsPerMinute,
          "messages_per_minute", Limits.Builder::messagesPerMinute);

  /** Quotas for users; 0 means unlimited. */
  private static final Map<String, BiConsumer<Quotas.Builder, Integer>> QUOTAS =
      Map.ofEntries(
          quota("running_conversations", Quotas.Builder::runningConversations),
          quota("running_conversations_per_user", Quotas.Builder::runningConversationsPerUser),
          quota("kept_conversations_per_user", Quotas.Builder::keptConversationsPerUser),
          quota("kept_megabytes", Quotas.Builder::keptMegabytes),
          quota("model_calls_per_hour", Quotas.Builder::modelCallsPerHour),
          quota("model_calls_per_hour_per_user", Quotas.Builder::modelCallsPerHourPerUser),
          quota("tokens_per_day", Quotas.Builder::tokensPerDay),
          quota("tokens_per_day_per_user", Quotas.Builder::tokensPerDayPerUser),
          quota("anonymous_connections", Quotas.Builder::anonymousConnections),
          quota("unauthenticated_connections", Quotas.Builder::unauthenticatedConnections),
          quota(
              "unauthenticated_connections_per_address",
              Quotas.Builder::unauthenticatedConnectionsPerAddress));

  private static final Map<String, BiConsumer<Timeouts.Builder, Duration>> TIMEOUTS =
      Map.of(
          "websocket_seconds", Timeouts.Builder::connection,
          "conversation_seconds", Timeouts.Builder::conversation,
          "agent_response_seconds", Timeouts.Builder::agentResponse,
          "first_token_seconds", Timeouts.Builder::firstToken,
          "token_idle_seconds", Timeouts.Builder::tokenIdle,
          "tool_call_seconds", Timeouts.Builder::toolCall,
          "input_seconds", Timeouts.Builder::input,
          "model_client_seconds", Timeouts.Builder::upstream,
          "ended_conversation_seconds", Timeouts.Builder::endedConversation,
          "authentication_seconds", Timeouts.Builder::authentication);

  /** Timeouts that may be 0. */
  private static final Map<String, BiConsumer<Timeouts.Builder, Duration>> OPTIONAL_TIMEOUTS =
      Map.of(
          "unviewed_seconds", Timeouts.Builder::unviewed,
          "unviewed_anonymous_seconds", Timeouts.Builder::unviewedAnonymous,
          "drain_seconds", Timeouts.Builder::drain);

  private static final Set<String> LIMIT_KEYS = union(List.of(LIMITS, OPTIONAL_LIMITS, QUOTAS));

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ConfigFile() {}

  private static Map.Entry<String, BiConsumer<Quotas.Builder, Integer>> quota(
      String key, BiConsumer<Quotas.Builder, Integer> setter) {
    return Map.entry(key, setter);
  }

  private static Map.Entry<String, BiConsumer<Limits.Builder, Integer>> limit(
      String key, BiConsumer<Limits.Builder, Integer> setter) {
    return Map.entry(key, setter);
  }

  /**
   * Reads a file, if there is one.
   *
   * @throws ConfigException as {@link #read}
   */
  public static ServerConfig readOrDefaults(@Nullable Path file) throws ConfigException {
    return file == null ? ServerConfig.defaults() : read(file);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException with the file, the key and the reason
   */
  public static ServerConfig read(Path file) throws ConfigException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      String text = ConfigException.textOf(file);
      return TeamSource.isTeamFile(file, text)
          ? ServerConfig.defaults().with(TeamSource.read(file))
          : parse(text, folder == null ? file : folder);
    } catch (ConfigException e) {
      throw e.reason().startsWith(file + ":") ? e : ConfigException.at(file.toString(), e.reason());
    }
  }

  static ServerConfig parse(String json, Path folder) throws ConfigException {
    Section root;
    try {
      root = Section.of("", JSON.readTree(json), KEYS);
    } catch (JsonProcessingException e) {
      throw invalid(e);
    }
    return new ServerConfig(
        AgentList.read(root),
        limits(root),
        quotas(root),
        timeouts(root),
        delivery(root),
        AuthSection.allowedOrigins(root),
        AuthSection.read(root, folder),
        redis(root),
        StoreSection.read(root),
        ServerSection.read(root),
        ObservationSections.read(root),
        TeamSource.of(root, folder),
        CatalogueEdit.read(root));
  }

  private static ConfigException invalid(JsonProcessingException e) {
    String reason = "invalid JSON, " + JsonMistake.reason(String.valueOf(e.getOriginalMessage()));
    return e.getLocation() == null
        ? new ConfigException(reason)
        : ConfigException.at("line " + e.getLocation().getLineNr(), reason);
  }

  private static Limits limits(Section root) throws ConfigException {
    Limits.Builder limits = Limits.builder();
    Section section = root.section("limits", LIMIT_KEYS);
    if (section != null) {
      BiConsumer<BiConsumer<Limits.Builder, Integer>, Integer> setter =
          (limit, bound) -> limit.accept(limits, bound);
      set(section, LIMITS, 1, Integer.MAX_VALUE, setter);
      set(section, OPTIONAL_LIMITS, 0, Integer.MAX_VALUE, setter);
    }
    return limits.build();
  }

  private static Quotas quotas(Section root) throws ConfigException {
    Quotas.Builder quotas = Quotas.builder();
    Section section = root.section("limits", LIMIT_KEYS);
    if (section != null) {
      set(section, QUOTAS, 0, Integer.MAX_VALUE, (quota, value) -> quota.accept(quotas, value));
    }
    return quotas.build();
  }

  private static RedisSpec redis(Section root) throws ConfigException {
    RedisSpec redis = RedisSpec.none();
    Section section =
        root.section("redis", Set.of("url", "prefix", "lease_seconds", "hold_after_seconds"));
    if (section == null) {
      return redis;
    }
    String prefix = section.text("prefix");
    Integer lease = section.wholeNumber("lease_seconds", 1, LONGEST_LEASE_SECONDS);
    Integer holdAfter = section.wholeNumber("hold_after_seconds", 1, LONGEST_SECONDS);
    return new RedisSpec(
        section.text("url"),
        prefix == null ? redis.prefix() : prefix,
        lease == null ? redis.lease() : Duration.ofSeconds(lease),
        holdAfter == null ? redis.holdAfter() : Duration.ofSeconds(holdAfter));
  }

  private static Timeouts timeouts(Section root) throws ConfigException {
    Timeouts.Builder timeouts = Timeouts.builder();
    Section section = root.section("timeouts", union(List.of(TIMEOUTS, OPTIONAL_TIMEOUTS)));
    if (section != null) {
      set(section, TIMEOUTS, 1, LONGEST_SECONDS, seconds(timeouts));
      set(section, OPTIONAL_TIMEOUTS, 0, LONGEST_SECONDS, seconds(timeouts));
    }
    return timeouts.build();
  }

  private static DeliveryConfig delivery(Section root) throws ConfigException {
    Section section =
        root.section("delivery", Set.of("flush_millis", "original_dialect", "presence"));
    if (section == null) {
      return DeliveryConfig.defaults();
    }
    Integer millis = section.wholeNumber("flush_millis", 0, LONGEST_FLUSH_MILLIS);
    return new DeliveryConfig(
        Duration.ofMillis(millis == null ? 0 : millis),
        Boolean.TRUE.equals(section.yesOrNo("original_dialect")),
        !Boolean.FALSE.equals(section.yesOrNo("presence")));
  }

  private static Set<String> union(List<Map<String, ?>> maps) {
    Set<String> all = new HashSet<>();
    maps.forEach(keys -> all.addAll(keys.keySet()));
    return all;
  }

  private static BiConsumer<BiConsumer<Timeouts.Builder, Duration>, Integer> seconds(
      Timeouts.Builder timeouts) {
    return (setter, seconds) -> setter.accept(timeouts, Duration.ofSeconds(seconds));
  }

  private static <T> void set(
      Section section, Map<String, T> keys, int least, int most, BiConsumer<T, Integer> setter)
      throws ConfigException {
    for (Map.Entry<String, T> key : keys.entrySet()) {
      Integer value = section.wholeNumber(key.getKey(), least, most);
      if (value != null) {
        setter.accept(key.getValue(), value);
      }
    }
  }
}
