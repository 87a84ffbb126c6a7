package io.agentstream.examples.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExampleConfigTest {

  private static final Path EXAMPLE = Path.of("config/agentstream.example.json");

  @Test
  void the_example_is_valid_and_shows_the_defaults() throws ConfigException {
    ServerConfig config = ConfigFile.read(EXAMPLE);
    assertThat(config.agents()).extracting(AgentSpec::name).containsExactly("Ada", "Bruno", "Chen");
    assertThat(config.limits()).isEqualTo(Limits.defaults());
    assertThat(config.timeouts()).isEqualTo(Timeouts.defaults());
    assertThat(config.quotas()).isEqualTo(Quotas.defaults());
    assertThat(config.delivery()).isEqualTo(DeliveryConfig.defaults());
    assertThat(config.redis()).isEqualTo(RedisSpec.none());
    assertThat(config.http()).isEqualTo(HttpSpec.defaults());
    assertThat(config.observation()).isEqualTo(ObservationConfig.defaults());
  }

  @Test
  void the_readme_documents_every_key() throws IOException {
    JsonNode example = new JsonMapper().readTree(EXAMPLE.toFile());
    Set<String> keys =
        new TreeSet<>(
            Set.of(
                "agents[].base_url",
                "limits.running_conversations",
                "limits.kept_megabytes",
                "limits.anonymous_connections",
                "redis.url",
                "tracing.otlp_endpoint",
                "server.hosts",
                "server.trusted_proxies",
                "metrics.port",
                "metrics.host"));
    example.get("agents").forEach(agent -> addKeys("agents[].", agent, keys));
    addKeys("limits.", example.get("limits"), keys);
    addKeys("timeouts.", example.get("timeouts"), keys);
    addKeys("delivery.", example.get("delivery"), keys);
    addKeys("redis.", example.get("redis"), keys);
    addKeys("server.", example.get("server"), keys);
    addKeys("metrics.", example.get("metrics"), keys);
    addKeys("log.", example.get("log"), keys);

    String readme = Files.readString(Path.of("README.md"));
    assertThat(keys).hasSize(70).allSatisfy(key -> assertThat(readme).contains("| `" + key + "`"));
  }

  private static void addKeys(String prefix, JsonNode object, Set<String> keys) {
    object.fieldNames().forEachRemaining(key -> keys.add(prefix + key));
  }
}
