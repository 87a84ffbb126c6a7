package io.agentstream.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

  @TempDir Path folder;

  static ServerConfig parse(String json) throws ConfigException {
    return ConfigFile.parse(json, Path.of("/etc/agentstream"));
  }

  @Test
  void who_may_use_it_is_read() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"auth": {"tokens_file": "tokens.txt", "share_all_conversations": false},
             "allowed_origins": ["https://chat.example.com", "http://localhost:3000"]}
            """);
    assertThat(config.auth())
        .isEqualTo(new AuthConfig(Path.of("/etc/agentstream/tokens.txt"), false));
    assertThat(config.allowedOrigins())
        .containsExactly("https://chat.example.com", "http://localhost:3000");
  }

  @Test
  void what_is_told_to_whoever_runs_it_is_read() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"metrics": {"public": true}, "log": {"format": "json"},
             "tracing": {"otlp_endpoint": "http://localhost:4318"}}
            """);
    assertThat(config.observation())
        .isEqualTo(
            new ObservationConfig(
                new MetricsSpec(true, null, "127.0.0.1"), LogFormat.JSON, "http://localhost:4318"));
  }

  @Test
  void the_environment_outranks_the_file_on_the_format_of_the_log() throws ConfigException {
    ObservationConfig file = parse("{\"log\": {\"format\": \"json\"}}").observation();
    assertThat(file.with(Map.of("AGENTSTREAM_LOG_FORMAT", "text")).log()).isEqualTo(LogFormat.TEXT);
    assertThat(file.with(Map.of("AGENTSTREAM_LOG_FORMAT", " ")).log()).isEqualTo(LogFormat.JSON);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> file.with(Map.of("AGENTSTREAM_LOG_FORMAT", "xml")))
        .withMessage("AGENTSTREAM_LOG_FORMAT: must be text or json");
  }

  @Test
  void how_it_meets_the_network_is_read() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"server": {"hosts": ["chat.example.com", "[::1]"],
              "trusted_proxies": ["10.0.0.0/8", "fd00::7"], "http_connections": 3,
              "http_connections_per_address": 2, "request_seconds": 1},
             "metrics": {"port": 9464, "host": "192.0.2.7"}}
            """);
    assertThat(config.http())
        .isEqualTo(
            new HttpSpec(
                List.of("chat.example.com", "[::1]"),
                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::7")),
                3,
                2,
                Duration.ofSeconds(1)));
    assertThat(config.observation().metrics()).isEqualTo(new MetricsSpec(false, 9464, "192.0.2.7"));
  }

  @Test
  void formats_for_other_front_ends_are_on_unless_the_file_says_otherwise() throws ConfigException {
    assertThat(parse("{\"server\": {}}").http().formats()).isEqualTo(FormatsSpec.defaults());
    assertThat(
            parse("{\"server\": {\"openai\": false, \"speaker_names\": false, \"ag_ui\": false}}")
                .http()
                .formats())
        .isEqualTo(new FormatsSpec(false, false, false));
  }

  @Test
  void what_is_left_out_has_its_default() throws ConfigException {
    assertThat(parse("{}")).isEqualTo(ServerConfig.defaults());
  }

  @Test
  void an_agent_is_read_with_all_it_says() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"agents": [{"name": "安娜", "description": "d", "system_prompt": "p", "model": "m",
              "base_url": "http://localhost:11434/v1", "temperature": 0.5, "max_tokens": 100}]}
            """);
    assertThat(config.agents())
        .containsExactly(
            new AgentSpec(
                "安娜",
                "d",
                "p",
                new ModelSpec(
                    Provider.OPENAI,
                    "m",
                    "http://localhost:11434/v1",
                    null,
                    Map.of(),
                    Map.of(),
                    null,
                    true,
                    true),
                0.5,
                100));
  }

  @Test
  void how_a_model_is_asked_is_read() throws ConfigException {
    ServerConfig config =
        parse(
            """
            {"agents": [{"name": "a", "description": "d", "system_prompt": "p", "model": "m",
              "base_url": "https://models.example/openai?api-version=1", "api_key_env": "MY_KEY",
              "headers": {"api-key": "${MY_KEY}"}, "max_tokens_field": "max_completion_tokens",
              "parameters": {"reasoning_effort": "low", "stream_options": null, "n": [1, 2.5]},
              "thoughts_in_text": false, "send_reasoning": false}]}
            """);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("reasoning_effort", "low");
    parameters.put("stream_options", null);
    parameters.put("n", List.of(1, 2.5));
    assertThat(config.agents().get(0).model())
        .isEqualTo(
            new ModelSpec(
                Provider.OPENAI,
                "m",
                "https://models.example/openai?api-version=1",
                "MY_KEY",
                Map.of("api-key", "${MY_KEY}"),
                parameters,
                "max_completion_tokens",
                false,
                false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                   | must be an object
          {"agent": []}                        | agent: unknown key; did you mean 'agents'? known here: agents, allowed_origins, auth, catalogue, delivery, limits, log, metrics, redis, server, store, team_file, timeouts, tracing
          {"auth": []}                         | auth: must be an object
          {"metrics": {"pubic": true}}         | metrics.pubic: unknown key; did you mean 'public'? known here: host, port, public
          {"metrics": {"port": 65536}}         | metrics.port: must be from 0 to 65535
          {"metrics": {"port": 1, "public": true}} | metrics.public: does not go with a port; metrics.host says who reaches that
          {"metrics": {"host": "::"}}          | metrics.host: needs a port beside it
          {"server": {"host": []}}             | server.host: unknown key; did you mean 'hosts'? known here: ag_ui, hosts, http_connections, http_connections_per_address, openai, request_seconds, speaker_names, trusted_proxies
          {"server": {"hosts": ["a.b", "a.b:8"]}} | server.hosts: 'a.b:8' is not a host: give only the name, as in the browser's address, such as chat.example.com, without scheme, port and path
          {"server": {"trusted_proxies": ["10.0.0.0/33"]}} | server.trusted_proxies[0]: must be an address or a range in digits, such as 127.0.0.1 or 10.0.0.0/8
          {"server": {"trusted_proxies": ["proxy.lan"]}} | server.trusted_proxies[0]: must be an address or a range in digits, such as 127.0.0.1 or 10.0.0.0/8
          {"server": {"request_seconds": 0}}   | server.request_seconds: must be from 1 to 600
          {"tracing": {"otlp_endpoint": "http://u:canary@h"}} | tracing.otlp_endpoint: must not hold a user or password, which would not be sent; leave out what stands before the @, and give what the collector asks for as OTEL_EXPORTER_OTLP_HEADERS
          {"agents": [A+"base_url": "http://u:canary@h/v1"}]} | agents[0].base_url: must not hold a user or password, which would not be sent; leave out what stands before the @, and give the name of the environment variable with the key as api_key_env
          {"agents": [A+"base_url": "https://canary@h"}]} | agents[0].base_url: must not hold a user or password, which would not be sent; leave out what stands before the @, and give the name of the environment variable with the key as api_key_env
          {"agents": [A+"base_url": "http://a@canary@h"}]} | agents[0].base_url: must not hold a user or password, which would not be sent; leave out what stands before the @, and give the name of the environment variable with the key as api_key_env
          {"metrics": {"public": "yes"}}       | metrics.public: must be true or false
          {"store": {"keep_day": 1}}           | store.keep_day: unknown key; did you mean 'keep_days'? known here: hold_after_seconds, keep_days, password_env, url, user
          {"store": {"url": 7}}                | store.url: must be a text
          {"store": {"user": []}}              | store.user: must be a text
          {"store": {"password_env": ""}}      | store.password_env: must not be blank
          {"store": {"hold_after_seconds": 0}} | store.hold_after_seconds: must be from 1 to 86400
          {"store": {"hold_after_seconds": 86401}} | store.hold_after_seconds: must be from 1 to 86400
          {"store": {"keep_days": -1}}         | store.keep_days: must be from 0 to 36500
          {"store": {"keep_days": 36501}}      | store.keep_days: must be from 0 to 36500
          {"store": {"keep_days": 0.5}}        | store.keep_days: must be a whole number
          {"log": {"formt": "json"}}           | log.formt: unknown key; did you mean 'format'? known here: format
          {"log": {"format": "xml"}}           | log.format: must be text or json
          {"tracing": {"endpoint": "x"}}       | tracing.endpoint: unknown key; did you mean 'otlp_endpoint'? known here: otlp_endpoint
          {"tracing": {"otlp_endpoint": "x"}}  | tracing.otlp_endpoint: must be a URL that begins with http:// or https://, such as http://localhost:4318
          {"auth": {"token": "x"}}             | auth.token: unknown key; did you mean 'tokens_file'? known here: share_all_conversations, tokens_file
          {"auth": {"tokens_file": 7}}         | auth.tokens_file: must be a text
          {"auth": {"share_all_conversations": 1}} | auth.share_all_conversations: must be true or false
          {"allowed_origins": "*"}             | allowed_origins: must be a list with at least one text
          {"allowed_origins": []}              | allowed_origins: must be a list with at least one text
          {"allowed_origins": [7]}             | allowed_origins[0]: must be a text
          {"allowed_origins": ["http://a.b", "*"]} | allowed_origins[1]: '*' is not an origin: give only scheme, host and port, such as https://chat.example.com or http://localhost:8080
          {"agents": {}}                       | agents: must be a list
          {"agents": []}                       | agents: must name at least one agent; leave it out for the built-in ones
          {"agents": ["Ann"]}                  | agents[0]: must be an object
          {"agents": [A, B, "C"]}              | agents[2]: must be an object
          {"agents": [A, {"name": "B"}]}       | agents[1].description: is missing
          {"agents": [{"description": "d"}]}   | agents[0].name: is missing
          {"agents": [A, A]}                   | agents[1].name: is in the list twice
          {"agents": [A+"name": " Ann"}]}      | agents[0].name: must have 1 to 64 characters, no control characters and no space at either end
          {"agents": [A+"name": 7}]}           | agents[0].name: must be a text
          {"agents": [A+"system_prompt": ""}]} | agents[0].system_prompt: must not be blank
          {"agents": [A+"model": null}]}       | agents[0].model: must be a text
          {"agents": [A+"provider": "antropic"}]} | agents[0].provider: there is no such provider; known: openai, anthropic, gemini, ollama
          {"agents": [A+"provider": "gemini"}]} | agents[0].model: is missing
          {"agents": [A+"provider": "ollama", "model": "m", "base_url": "local"}]} | agents[0].base_url: must be a URL that begins with http:// or https://, such as http://localhost:11434/v1
          {"agents": [A+"provider": "ollama", "model": "m", "parameters": {"seed": 1}}]} | agents[0].parameters.seed: the provider ollama takes 'think', true or false, alone
          {"agents": [A+"provider": "anthropic", "model": "m", "max_tokens_field": "max_tokens"}]} | agents[0].max_tokens_field: is for the provider openai alone; leave it out
          {"agents": [A+"base_url": "local"}]} | agents[0].base_url: must be a URL that begins with http:// or https://, such as http://localhost:11434/v1
          {"agents": [A+"base_url": "http://h/v1/chat/completions"}]} | agents[0].base_url: must be the base URL without /chat/completions: write http://h/v1
          {"agents": [A+"headers": {"Host": "h"}}]} | agents[0].headers: one is no header that can be sent
          {"agents": [A+"headers": {"x": 1}}]} | agents[0].headers: each must be a text
          {"agents": [A+"parameters": []}]} | agents[0].parameters: must be an object
          {"agents": [A+"max_tokens_field": "tokens"}]} | agents[0].max_tokens_field: must be max_tokens or max_completion_tokens
          {"agents": [A+"temperature": "1"}]}  | agents[0].temperature: must be a number
          {"agents": [B, A+"temperature": 3}]} | agents[1].temperature: must be from 0.0 to 2.0
          {"agents": [A+"max_tokens": 0}]}     | agents[0].max_tokens: must be from 1 to 2147483647
          {"agents": [A+"max_tokens": 1.5}]}   | agents[0].max_tokens: must be a whole number
          {"agents": [A+"prompt": "p"}]}       | agents[0].prompt: unknown key; did you mean 'system_prompt'? known here: api_key_env, base_url, description, headers, max_tokens, max_tokens_field, model, name, parameters, provider, send_reasoning, system_prompt, temperature, thoughts_in_text
          {"limits": 3}                        | limits: must be an object
          {"limits": {"max_agent": 3}}         | limits.max_agent: unknown key; did you mean 'max_agents'? known here: anonymous_connections, connections_per_address, connections_per_user, conversations_per_connection, journal_chars, journal_events, journal_seconds, kept_conversations_per_user, kept_megabytes, max_agents, max_answer_chars, max_conversation_chars, max_conversation_messages, max_import_bytes, max_message_bytes, max_rounds, max_tool_result_chars, max_topic_chars, max_waiting_messages, messages_per_minute, model_calls_per_hour, model_calls_per_hour_per_user, running_conversations, running_conversations_per_user, starts_per_minute, tokens_per_day, tokens_per_day_per_user, unauthenticated_connections, unauthenticated_connections_per_address
          {"limits": {"max_rounds": 0}}        | limits.max_rounds: must be from 1 to 2147483647
          {"limits": {"max_rounds": 9876543210}} | limits.max_rounds: must be from 1 to 2147483647
          {"timeouts": {"websocket_seconds": true}} | timeouts.websocket_seconds: must be a whole number
          {"timeouts": {"conversation_seconds": 2073601}} | timeouts.conversation_seconds: must be from 1 to 2073600
          {"delivery": {"flush_millis": 1001}} | delivery.flush_millis: must be from 0 to 1000
          {"timeouts": {"seconds": 1}}         | timeouts.(key 1): unknown key; known here: agent_response_seconds, authentication_seconds, conversation_seconds, drain_seconds, ended_conversation_seconds, first_token_seconds, input_seconds, model_client_seconds, token_idle_seconds, tool_call_seconds, unviewed_anonymous_seconds, unviewed_seconds, websocket_seconds
          """)
  void what_is_wrong_is_named_with_its_key(String json, String reason) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse(withAgents(json)))
        .extracting(ConfigException::reason)
        .isEqualTo(reason);
  }

  /** A and B stand for agents; what follows {@code A+} replaces a key of A or adds one. */
  private static String withAgents(String json) {
    String rest = "\"description\": \"d\", \"system_prompt\": \"p\"";
    if (json.contains("A+\"name\"")) {
      return json.replace("A+", "{" + rest + ", ");
    }
    if (json.contains("A+\"system_prompt\"")) {
      return json.replace("A+", "{\"name\": \"Ann\", \"description\": \"d\", ");
    }
    return json.replace("A+", "{\"name\": \"Ann\", " + rest + ", ")
        .replace("[A", "[{\"name\": \"Ann\", " + rest + "}")
        .replace(" A]", " {\"name\": \"Ann\", " + rest + "}]")
        .replace("B,", "{\"name\": \"Bob\", " + rest + "},");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"limits": {          | line 1: invalid JSON, a bracket or a quote is not closed
          {"limits": {}} {}     | line 1: invalid JSON, more stands after the end of the object
          {"limits": {}, "limits": {}} | line 1: invalid JSON, a key stands twice; keep one of them
          limits: 3             | line 1: invalid JSON, a text has no double quotes
          {"limits": CANARY}    | line 1: invalid JSON, a text has no double quotes
          {"CANARY": 1, "CANARY": 2} | line 1: invalid JSON, a key stands twice
          {"a": "\\CANARY"}       | line 1: invalid JSON, a text has a backslash that escapes nothing
          {"a": [CANARY=1]}     | line 1: invalid JSON, a text has no double quotes
          {"a": 'CANARY'}       | line 1: invalid JSON, look at the quotes
          {"Bearer CANARY": 1}  | (key 1): unknown key; known here: agents
          {"limits": {"max_rounds": 1, "CANARY": 2}} | limits.(key 2): unknown key; known here: anon
          {"agents": [{"name": "A", "description": "d", "system_prompt": "s", "provider": "CANARY"}]} | agents[0].provider: there is no such provider
          """)
  void what_is_no_json_is_said_with_its_line_and_without_its_text(String json, String reason) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse(json))
        .satisfies(e -> assertThat(e.reason()).startsWith(reason).doesNotContain("\n", "CANARY"));
  }

  @Test
  void the_file_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve("my.json"), "{\"agents\": 1}");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFile.read(file))
        .extracting(ConfigException::reason)
        .isEqualTo(file + ": agents: must be a list");
  }

  @Test
  void a_file_that_cannot_be_read_is_named() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFile.read(folder.resolve("none.json")))
        .extracting(ConfigException::reason)
        .isEqualTo(folder.resolve("none.json") + ": there is no such file");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFile.read(binary))
        .extracting(ConfigException::reason)
        .isEqualTo(binary + ": line 1: is UTF-16 text; save it as UTF-8");
  }
}
