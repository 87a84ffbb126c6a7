package io.agentstream.examples.extension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.agentstream.teams.TeamExtension;
import io.agentstream.teams.TeamExtensions;
import io.agentstream.teams.TeamTool;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The extension {@code notes}: a tool {@code search_notes} over the notes in the team file, so that
 * a team can look something up without any other server.
 */
public final class Notes implements TeamExtension {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{4,}|\\p{IsHan}{2}");
  private static final int MOST_FOUND = 3;

  @Override
  public void addTo(TeamExtensions.Builder extensions) {
    extensions.tools("notes", Notes::tools);
  }

  private static List<TeamTool> tools(Map<String, Object> settings) {
    if (settings.isEmpty()) {
      throw new IllegalArgumentException("settings: give at least one note, as title: text");
    }
    ToolSpecification specification =
        ToolSpecification.builder()
            .name("search_notes")
            .description("Finds the notes that fit a question. Titles: " + settings.keySet())
            .parameters(
                JsonObjectSchema.builder().addStringProperty("query").required("query").build())
            .build();
    return List.of(new TeamTool(specification, (call, memory) -> search(call, settings)));
  }

  private static String search(ToolExecutionRequest call, Map<String, Object> notes) {
    List<String> words = wordsOf(query(call));
    String found =
        notes.entrySet().stream()
            .map(note -> note.getKey() + ": " + note.getValue())
            .filter(note -> hits(note, words) > 0)
            .sorted(Comparator.comparingLong((String note) -> -hits(note, words)))
            .limit(MOST_FOUND)
            .collect(Collectors.joining("\n"));
    return found.isEmpty() ? "No note fits. The titles are: " + notes.keySet() : found;
  }

  private static String query(ToolExecutionRequest call) {
    try {
      return JSON.readTree(call.arguments()).path("query").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The arguments must be an object with a 'query'", e);
    }
  }

  private static List<String> wordsOf(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(word -> word.group()).toList();
  }

  private static long hits(String note, List<String> words) {
    String lower = note.toLowerCase(Locale.ROOT);
    return words.stream().filter(lower::contains).count();
  }
}
