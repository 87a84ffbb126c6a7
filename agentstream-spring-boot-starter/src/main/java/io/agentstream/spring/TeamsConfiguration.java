package io.agentstream.spring;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.teams.ModelFactory;
import io.agentstream.teams.ModelSpec;
import io.agentstream.teams.TeamExtension;
import io.agentstream.teams.TeamExtensions;
import io.agentstream.teams.TeamFile;
import io.agentstream.teams.TeamFileException;
import io.agentstream.teams.TeamSetup;
import io.agentstream.teams.TeamTool;
import io.agentstream.teams.Teams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Opens the team file of {@code agentstream.teams}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(TeamFile.class)
@ConditionalOnProperty("agentstream.teams")
class TeamsConfiguration {

  @Bean
  @ConditionalOnMissingBean
  TeamSetup agentstreamTeamSetup(
      AgentstreamProperties properties,
      Map<String, StreamingChatModel> models,
      ToolBeans tools,
      ApplicationContext beans) {
    Settings settings = new Settings(beans, properties);
    TeamSetup.Builder setup =
        TeamSetup.builder()
            .timeouts(settings.timeouts())
            .limits(settings.limits())
            .clock(settings.clock())
            .modelFactory(factory(beans.getBeanProvider(StreamingChatModel.class)))
            .extensions(extensions(tools, beans.getBeanProvider(TeamExtension.class)));
    models.forEach(setup::model);
    return setup.build();
  }

  /** Returns a factory that gives agents without a model the application's own, if it has one. */
  private static ModelFactory factory(ObjectProvider<StreamingChatModel> beans) {
    ModelFactory openAi = ModelFactory.openAiCompatible();
    return (spec, environment) -> {
      StreamingChatModel own = spec.equals(ModelSpec.DEFAULT) ? beans.getIfUnique() : null;
      return own != null ? own : openAi.create(spec, environment);
    };
  }

  private static TeamExtensions extensions(
      ToolBeans beans, ObjectProvider<TeamExtension> extensions) {
    TeamExtensions.Builder all = TeamExtensions.builder();
    ServiceLoader.load(TeamExtension.class).forEach(extension -> extension.addTo(all));
    extensions.orderedStream().forEach(extension -> extension.addTo(all));
    for (String name : beans.names()) {
      all.tools(
          name,
          settings ->
              beans.methods(name).stream()
                  .map(tool -> new TeamTool(tool.specification(), tool.executor()))
                  .toList());
    }
    return all.build();
  }

  @Bean
  @ConditionalOnMissingBean
  Teams agentstreamTeams(AgentstreamProperties properties, ResourceLoader loader, TeamSetup setup)
      throws IOException, TeamFileException {
    String location = String.valueOf(properties.teams());
    Resource file = loader.getResource(location);
    if (!file.exists()) {
      throw new StartFailure(
          "agentstream.teams: there is no " + location + "; write classpath:… or file:…");
    }
    String text = file.getContentAsString(StandardCharsets.UTF_8);
    return Teams.open(TeamFile.parse(text, location), setup);
  }

  @Bean
  OfferedChats agentstreamOfferedChats(Teams teams) {
    return new OfferedChats(teams.agents(), teams.chats());
  }
}
