package io.agentstream.examples.config;

import static io.agentstream.examples.config.ConfigFileTest.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.store.StoreSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits, quotas, timeouts and the store come from the file. */
class ConfigLimitsTest {

  @Test
  void every_limit_is_read() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"limits": {"max_agents": 1, "max_rounds": 2, "max_topic_chars": 3,
              "max_message_bytes": 4, "max_answer_chars": 5, "max_tool_result_chars": 6,
              "max_conversation_chars": 7, "max_conversation_messages": 8,
              "max_waiting_messages": 9, "journal_events": 10, "journal_chars": 11,
              "journal_seconds": 12, "connections_per_address": 13,
              "connections_per_user": 14, "conversations_per_connection": 15,
              "starts_per_minute": 16, "messages_per_minute": 17,
              "max_import_bytes": 18}}
            """);
    assertThat(config.limits())
        .isEqualTo(new Limits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
  }

  @Test
  void every_quota_is_read() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"limits": {"running_conversations": 1, "running_conversations_per_user": 2,
              "kept_conversations_per_user": 3, "kept_megabytes": 4, "model_calls_per_hour": 5,
              "model_calls_per_hour_per_user": 6, "tokens_per_day": 7,
              "tokens_per_day_per_user": 8, "anonymous_connections": 9,
              "unauthenticated_connections": 10, "unauthenticated_connections_per_address": 11}}
            """);
    assertThat(config.quotas()).isEqualTo(new Quotas(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    assertThat(parse("{\"limits\": {\"tokens_per_day\": 0}}").quotas().tokensPerDay()).isZero();
    assertThat(parse("{}").quotas()).isEqualTo(Quotas.defaults());
  }

  @Test
  void the_original_dialect_is_spoken_only_if_the_file_says_so() throws ConfigException {
    assertThat(parse("{}").delivery().originalDialect()).isFalse();
    assertThat(parse("{\"delivery\": {\"original_dialect\": true}}").delivery().originalDialect())
        .isTrue();
  }

  @Test
  void where_and_how_long_conversations_are_kept_is_read() throws ConfigException {
    StoreSpec store =
        parse(
                """
                {"store": {"url": "jdbc:postgresql://db/chats", "user": "chats",
                  "password_env": "CHATS_PASSWORD", "hold_after_seconds": 3, "keep_days": 7}}
                """)
            .store();
    assertThat(store)
        .isEqualTo(
            new StoreSpec(
                null,
                "jdbc:postgresql://db/chats",
                "chats",
                "CHATS_PASSWORD",
                new StoreSettings(Duration.ofSeconds(3), Duration.ofDays(7))));
    assertThat(parse("{\"store\": {\"keep_days\": 0}}").store().settings().keep()).isZero();
    assertThat(parse("{\"store\": {}}").store().settings()).isEqualTo(StoreSettings.defaults());
  }

  @Test
  void some_limits_may_be_none_and_some_times_nothing() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"limits": {"connections_per_address": 0, "messages_per_minute": 0},
             "timeouts": {"unviewed_seconds": 0, "drain_seconds": 0}}
            """);
    assertThat(config.limits().connectionsPerAddress()).isZero();
    assertThat(config.limits().messagesPerMinute()).isZero();
    assertThat(config.timeouts().unviewed()).isZero();
    assertThat(config.timeouts().drain()).isZero();
  }

  @Test
  void tokens_wait_for_no_others_unless_the_file_says_so() throws ConfigException {
    assertThat(parse("{}").delivery().flushInterval()).isZero();
    assertThat(parse("{\"delivery\": {\"flush_millis\": 15}}").delivery().flushInterval())
        .isEqualTo(Duration.ofMillis(15));
  }

  @Test
  void every_timeout_is_read() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"timeouts": {"websocket_seconds": 1, "conversation_seconds": 2,
              "agent_response_seconds": 3, "model_client_seconds": 4, "first_token_seconds": 5,
              "token_idle_seconds": 6, "tool_call_seconds": 7, "input_seconds": 8,
              "ended_conversation_seconds": 9, "unviewed_seconds": 10, "drain_seconds": 11,
              "authentication_seconds": 12, "unviewed_anonymous_seconds": 13}}
            """);
    assertThat(config.timeouts())
        .isEqualTo(
            Timeouts.builder()
                .connection(Duration.ofSeconds(1))
                .conversation(Duration.ofSeconds(2))
                .agentResponse(Duration.ofSeconds(3))
                .upstream(Duration.ofSeconds(4))
                .firstToken(Duration.ofSeconds(5))
                .tokenIdle(Duration.ofSeconds(6))
                .toolCall(Duration.ofSeconds(7))
                .input(Duration.ofSeconds(8))
                .endedConversation(Duration.ofSeconds(9))
                .unviewed(Duration.ofSeconds(10))
                .drain(Duration.ofSeconds(11))
                .authentication(Duration.ofSeconds(12))
                .unviewedAnonymous(Duration.ofSeconds(13))
                .build());
  }
}
