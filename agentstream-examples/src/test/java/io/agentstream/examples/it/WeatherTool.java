package io.agentstream.examples.it;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.agentstream.teams.TeamExtension;
import io.agentstream.teams.TeamExtensions;
import io.agentstream.teams.TeamTool;
import java.util.List;

/** A tool that a team file of the tests can name. */
public final class WeatherTool implements TeamExtension {

  static final String RESULT = "Sunny, 20 degrees.";

  private static final ToolSpecification SPECIFICATION =
      ToolSpecification.builder()
          .name("weather")
          .description("Says the weather.")
          .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
          .build();

  @Override
  public void addTo(TeamExtensions.Builder extensions) {
    extensions.tools(
        "weather", settings -> List.of(new TeamTool(SPECIFICATION, (call, memory) -> RESULT)));
  }
}
