package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withInitializer(
              context ->
                  context.addBeanFactoryPostProcessor(
                      new UnknownProperties(context.getEnvironment())));

  private static List<String> documented() throws IOException {
    List<String> names = new ArrayList<>();
    for (URL file :
        Collections.list(
            UnknownPropertiesTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream json = file.openStream()) {
        for (JsonNode property : new ObjectMapper().readTree(json).path("properties")) {
          names.add(property.path("name").asText());
        }
      }
    }
    return names.stream()
        .filter(name -> name.startsWith("agentstream."))
        .filter(name -> !name.startsWith("agentstream.house-rules."))
        .sorted()
        .toList();
  }

  @Test
  void the_known_properties_are_those_of_the_metadata() throws Exception {
    assertThat(new PropertyNames().all().stream().map(name -> "agentstream." + name))
        .containsExactlyElementsOf(documented());
  }

  @Test
  void every_property_is_accepted_in_each_of_its_spellings() throws Exception {
    for (String name : documented()) {
      String camel = name;
      for (int dash = camel.indexOf('-'); dash >= 0; dash = camel.indexOf('-')) {
        camel =
            camel.substring(0, dash)
                + Character.toUpperCase(camel.charAt(dash + 1))
                + camel.substring(dash + 2);
      }
      runner
          .withPropertyValues(name + "=true", camel + "=true")
          .run(context -> assertThat(context).hasNotFailed());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agentstream.allowed-origins[0]=https://a.example",
        "agentstream.limits=",
        "agentstream=",
        "agentstreams.limits.max-round=1",
        "my.agentstream.limit=1"
      })
  void elements_of_lists_and_empty_groups_and_other_prefixes_are_accepted(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "limits.max-round,         limits.max-rounds",
    "limits.maxRound,          limits.max-rounds",
    "max-topic-chars,          limits.max-topic-chars",
    "timeout.drain,            timeouts.drain",
    "timeouts.heart-beet,      timeouts.heartbeat",
    "allowed-origin,           allowed-origins",
    "allowed-origin[0],        allowed-origins",
    "models.base-url,          model.base-url",
    "base-url,                 model.base-url",
    "redis.uri,                redis.url",
    "store.foldre,             store.folder",
    "enabeld,                  enabled"
  })
  void a_misspelt_property_stops_the_start_and_names_what_was_meant(String typo, String meant) {
    runner
        .withPropertyValues("agentstream." + typo + "=1")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isInstanceOf(StartFailure.class)
                    .message()
                    .startsWith("agentstream." + typo.replace("[0]", "").replace("maxR", "maxr"))
                    .endsWith("; did you mean agentstream." + meant + "?")
                    .doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis.password | known here: redis.command-timeout, redis.hold-after,",
        "colour         | known here: allowed-hosts, allowed-origins, anonymous, default-max-rounds, enabled,",
        "colour.red     | limits.*,",
      })
  void without_a_similar_one_the_properties_beside_it_are_named(String name, String part) {
    runner
        .withPropertyValues("agentstream." + name + "=1")
        .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining(part));
  }

  @Test
  void all_mistakes_are_named_once() {
    runner
        .withPropertyValues("agentstream.limit.max-rounds=1", "agentstream.tema=x")
        .withSystemProperties("agentstream.limit.max-rounds=2")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .message()
                    .containsOnlyOnce("agentstream.limit.max-rounds is no property")
                    .contains("; agentstream.tema is no property"));
  }

  @Test
  void not_strict_only_logs(CapturedOutput output) {
    runner
        .withPropertyValues("agentstream.strict=false", "agentstream.tems=x")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output)
        .contains("agentstream.tems is no property")
        .contains("did you mean agentstream.teams?");
  }

  @Test
  void properties_of_other_beans_are_theirs() {
    runner
        .withUserConfiguration(Own.class)
        .withPropertyValues("agentstream.house-rules.colour=red")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(HouseRules.class).colour()).isEqualTo("red");
            });
    runner
        .withUserConfiguration(Own.class)
        .withPropertyValues("agentstream.house-rule.colour=red")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void a_system_property_is_refused_only_if_it_is_similar_to_one() {
    runner
        .withSystemProperties(
            "agentstream.browser=required", "agentstream.slow=false", "agentstream.start=folder")
        .run(context -> assertThat(context).hasNotFailed());
    runner
        .withSystemProperties("agentstream.limits.max-round=3")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void a_variable_of_the_environment_is_never_refused_and_a_similar_one_is_logged(
      CapturedOutput output) {
    Map<String, Object> variables =
        Map.of(
            "AGENTSTREAM_PORT", "tcp://10.0.0.1:80",
            "AGENTSTREAM_PORT_80_TCP_ADDR", "10.0.0.1",
            "AGENTSTREAM_SERVICE_HOST", "10.0.0.1",
            "AGENTSTREAM_HOME", "/opt",
            "AGENTSTREAM_MODEL_BASE_URL", "http://localhost",
            "AGENTSTREAM_ALLOWEDORIGINS_0", "https://a.example",
            "AGENTSTREAM_LIMITS_MAXROUND", "7");
    runner
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables)))
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output.toString().lines().filter(line -> line.contains("did you mean")))
        .singleElement()
        .asString()
        .contains("agentstream.limits.maxround")
        .contains("did you mean agentstream.limits.max-rounds?");
  }

  @Test
  void boot_prints_the_mistake_without_a_stack_trace_and_without_the_value(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    DebateApplication.class,
                    "--spring.main.banner-mode=off",
                    "--agentstream.model.api-kye=sk-secret"))
        .isInstanceOf(StartFailure.class);
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("agentstream.model.api-kye is no property")
        .contains("did you mean agentstream.model.api-key?")
        .doesNotContain("sk-secret")
        .doesNotContain("\tat ");
  }

  @Test
  void boot_prints_a_setting_out_of_its_range_without_a_stack_trace(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    DebateApplication.class,
                    "--spring.main.banner-mode=off",
                    "--server.port=0",
                    "--agentstream.model.base-url=http://127.0.0.1:1/v1",
                    "--agentstream.limits.max-agents=0"))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(output).contains("agentstream.limits: maxAgents must be at least 1, not 0");
  }

  @ConfigurationProperties("agentstream.house-rules")
  record HouseRules(String colour) {}

  @EnableConfigurationProperties(HouseRules.class)
  static class Own {}
}
