package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.EndReason;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authenticator;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.redis.RedisBackplane;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.teams.Teams;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import jakarta.websocket.server.ServerContainer;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

class AutoConfigurationTest {

  private final WebApplicationContextRunner bare = bare();
  private final WebApplicationContextRunner runner = bare.withUserConfiguration(TwoAgents.class);

  /** An application without agents, in which everything else is as in a real one. */
  static WebApplicationContextRunner bare() {
    return new WebApplicationContextRunner()
        .withInitializer(
            context -> ((GenericWebApplicationContext) context).setServletContext(webSocket()))
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withConfiguration(AutoConfigurations.of(AgentstreamAutoConfiguration.class));
  }

  /** A servlet context whose WebSocket container accepts every endpoint. */
  private static MockServletContext webSocket() {
    MockServletContext context = new MockServletContext();
    context.setAttribute(
        ServerContainer.class.getName(),
        Proxy.newProxyInstance(
            ServerContainer.class.getClassLoader(),
            new Class<?>[] {ServerContainer.class},
            (proxy, method, arguments) ->
                method.getReturnType() == long.class ? (Object) 0L : null));
    return context;
  }

  @Test
  void agents_teams_and_selectors_are_the_catalogue() {
    runner
        .withUserConfiguration(Debate.class)
        .run(
            context -> {
              JsonNode data = catalogue(context.getBean(ConversationHub.class));
              assertThat(data.path("agents").findValuesAsText("name")).containsExactly("B", "A");
              assertThat(data.path("teams").findValuesAsText("name")).containsExactly("debate");
              assertThat(data.path("speaker_selections").toString()).isEqualTo("[\"random\"]");
            });
  }

  private static JsonNode catalogue(ConversationHub hub) {
    return new LocalViewer(hub).command("list_agents", Map.of()).await("agents").path("data");
  }

  @Test
  void everything_backs_off_before_a_hub_of_the_application() {
    runner
        .withBean(
            "own",
            ConversationHub.class,
            () -> ConversationHub.builder().agents(agent("Own")).build())
        .run(
            context -> {
              assertThat(context).hasSingleBean(ConversationHub.class).hasBean("own");
              assertThat(catalogue(context.getBean(ConversationHub.class)).toString())
                  .contains("Own");
            });
  }

  @Test
  void settings_come_from_properties() {
    runner
        .withPropertyValues(
            "agentstream.limits.max-rounds=7",
            "agentstream.timeouts.heartbeat=4s",
            "agentstream.allowed-origins=https://chat.example.com")
        .run(
            context -> {
              ConversationHub hub = context.getBean(ConversationHub.class);
              assertThat(hub.limits()).isEqualTo(Limits.builder().maxRounds(7).build());
              assertThat(hub.timeouts().heartbeat()).isEqualTo(Duration.ofSeconds(4));
              assertThat(hub.allowedOrigins().mayAllow("https://elsewhere.example.com")).isFalse();
            });
  }

  @Test
  void settings_that_are_beans_come_before_properties() {
    runner
        .withPropertyValues("agentstream.limits.max-rounds=7")
        .withBean(Limits.class, () -> Limits.builder().maxRounds(8).build())
        .withBean(
            HubCustomizer.class,
            () -> hub -> hub.timeouts(Timeouts.builder().drain(Duration.ZERO).build()))
        .run(
            context -> {
              ConversationHub hub = context.getBean(ConversationHub.class);
              assertThat(hub.limits().maxRounds()).isEqualTo(8);
              assertThat(hub.timeouts().drain()).isZero();
            });
  }

  @Test
  void properties_have_the_names_and_defaults_of_core() {
    runner.run(
        context -> {
          AgentstreamProperties properties = context.getBean(AgentstreamProperties.class);
          assertThat(properties.limits().toLimits()).isEqualTo(Limits.defaults());
          assertThat(properties.quotas().toQuotas()).isEqualTo(Quotas.defaults());
          assertThat(properties.timeouts().toTimeouts()).isEqualTo(Timeouts.defaults());
          assertThat(properties.defaultMaxRounds()).isEqualTo(GroupChat.DEFAULT_MAX_ROUNDS);
        });
    assertThat(names(LimitsProperties.class)).isEqualTo(names(Limits.class));
    assertThat(names(QuotasProperties.class)).isEqualTo(names(Quotas.class));
    assertThat(names(TimeoutsProperties.class)).isEqualTo(names(Timeouts.class));
  }

  private static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void an_application_without_agents_does_not_start_and_says_what_to_do() {
    bare.run(
        context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("declare a bean of type Agent or GroupChat")
                .hasMessageContaining("agentstream.teams"));
  }

  @Test
  void a_property_whose_module_is_missing_says_which_one() {
    runner
        .withClassLoader(new FilteredClassLoader(RedisBackplane.class))
        .withPropertyValues("agentstream.redis.url=redis://localhost")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("io.agentstream:agentstream-redis"));
  }

  @Test
  void a_folder_of_one_node_is_refused_beside_redis(@TempDir Path folder) {
    runner
        .withPropertyValues(
            "agentstream.redis.url=redis://localhost", "agentstream.store.folder=" + folder)
        .withBean(
            Backplane.class,
            () ->
                Backplane.singleNode(
                    new InMemoryJournal(Limits.defaults(), ChatClock.system()),
                    new InMemoryDirectory()))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("agentstream.store.folder belongs to one node"));
  }

  @Test
  void with_redis_the_database_is_that_of_all_nodes_and_only_on_demand(@TempDir Path folder) {
    WebApplicationContextRunner nodes =
        runner
            .withPropertyValues("agentstream.redis.url=redis://localhost")
            .withBean(DataSource.class, () -> h2(folder))
            .withBean(
                "hub",
                ConversationHub.class,
                () -> ConversationHub.builder().agents(agent("A")).build());
    nodes
        .withClassLoader(new FilteredClassLoader(RedisBackplane.class))
        .run(context -> assertThat(context).doesNotHaveBean(JdbcStore.class));
    nodes
        .withClassLoader(new FilteredClassLoader(RedisBackplane.class))
        .withPropertyValues("agentstream.store.enabled=true")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("PostgreSQL"));
  }

  @Test
  void teams_of_a_file_have_the_settings_that_are_beans() {
    runner
        .withPropertyValues("agentstream.teams=classpath:forecast.yaml")
        .withBean("weather", DebateApplication.Weather.class)
        .withBean(
            StreamingChatModel.class,
            () -> new ScriptedModel().always(call -> call.tokens("Rain.").complete()))
        .withBean(Limits.class, () -> Limits.builder().maxConversationMessages(2).build())
        .run(
            context ->
                assertThat(
                        context
                            .getBean(Teams.class)
                            .chat("Forecast")
                            .start("tomorrow")
                            .result()
                            .join()
                            .reason())
                    .isEqualTo(EndReason.BUDGET));
  }

  @Test
  void a_team_file_that_does_not_exist_is_named() {
    runner
        .withPropertyValues("agentstream.teams=classpath:none.yaml")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("there is no classpath:none.yaml"));
  }

  @Test
  void nothing_exists_when_it_is_switched_off_or_there_is_no_web_server() {
    runner
        .withPropertyValues("agentstream.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(ConversationHub.class));
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(AgentstreamAutoConfiguration.class))
        .run(context -> assertThat(context).doesNotHaveBean(ConversationHub.class));
  }

  @Test
  void a_test_of_the_application_needs_no_web_server() {
    runner
        .withInitializer(
            context ->
                ((GenericWebApplicationContext) context)
                    .setServletContext(new MockServletContext()))
        .run(context -> assertThat(context).hasSingleBean(ConversationHub.class));
  }

  @Test
  void a_model_is_made_from_properties_unless_the_application_has_one() {
    String url = "agentstream.model.base-url=http://127.0.0.1:1/v1";
    bare.withPropertyValues(url, "agentstream.enabled=true")
        .withBean("agent", Agent.class, () -> agent("A"))
        .run(context -> assertThat(context).hasSingleBean(OpenAiCompatibleModel.class));
    runner
        .withPropertyValues(url)
        .withBean(StreamingChatModel.class, ScriptedModel::new)
        .run(context -> assertThat(context).doesNotHaveBean(OpenAiCompatibleModel.class));
  }

  @Test
  void the_store_is_the_applications_database_or_a_folder(@TempDir Path folder) {
    runner
        .withBean(DataSource.class, () -> h2(folder))
        .run(context -> assertThat(context).hasSingleBean(JdbcStore.class));
    runner
        .withPropertyValues("agentstream.store.folder=" + folder.resolve("own"))
        .run(context -> assertThat(context).hasBean("agentstreamFolderStore"));
    runner
        .withBean(DataSource.class, () -> h2(folder))
        .withPropertyValues("agentstream.store.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(JdbcStore.class));
    runner.run(context -> assertThat(context).doesNotHaveBean(JdbcStore.class));
  }

  private static DataSource h2(Path folder) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:" + folder.resolve("app") + ";WRITE_DELAY=0");
    return source;
  }

  @Test
  void viewers_are_known_by_their_principal_only_with_spring_security() {
    runner.run(context -> assertThat(context).doesNotHaveBean(Authenticator.class));
    runner
        .withClassLoader(getClass().getClassLoader())
        .run(context -> assertThat(context).hasBean("agentstreamAuthenticator"));
    runner
        .withClassLoader(getClass().getClassLoader())
        .withBean("own", Authenticator.class, () -> new Authenticator() {})
        .run(context -> assertThat(context).hasSingleBean(Authenticator.class).hasBean("own"));
  }

  private static Agent agent(String name) {
    return Agent.builder(name).model(new ScriptedModel()).build();
  }

  static class TwoAgents {
    @Bean
    @Order(2)
    Agent first() {
      return agent("A");
    }

    @Bean
    @Order(1)
    Agent second() {
      return agent("B");
    }
  }

  static class Debate {
    @Bean
    GroupChat debate(Agent first, Agent second) {
      return GroupChat.builder().participants(first, second).build();
    }

    @Bean
    SpeakerSelector random() {
      return SpeakerSelector.random();
    }
  }
}
