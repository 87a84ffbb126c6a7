package io.agentstream.teams;

import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The selections, conditions and tools that team files can name as {@code custom}, and the
 * credentials for MCP servers. Immutable.
 */
public final class TeamExtensions {

  private final Map<String, Selection> selections;
  private final Map<String, Condition> conditions;
  private final Map<String, Tools> tools;
  private final Map<String, McpCredentials> credentials;

  private TeamExtensions(Builder builder) {
    this.selections = Map.copyOf(builder.selections);
    this.conditions = Map.copyOf(builder.conditions);
    this.tools = Map.copyOf(builder.tools);
    this.credentials = Map.copyOf(builder.credentials);
  }

  /** Makes the speaker selection of a team. */
  @FunctionalInterface
  public interface Selection {
    /**
     * Returns the selection.
     *
     * @param settings of the file: texts, numbers, booleans, lists and maps
     * @param orElse the file's {@code or_else}; null for none
     * @throws IllegalArgumentException if a setting is wrong; the message goes to the operator
     */
    SpeakerSelector create(Map<String, Object> settings, @Nullable SpeakerSelector orElse);
  }

  /** Makes a condition that ends a team's run. */
  @FunctionalInterface
  public interface Condition {
    /**
     * Returns the condition.
     *
     * @param settings of the file: texts, numbers, booleans, lists and maps
     * @throws IllegalArgumentException if a setting is wrong; the message goes to the operator
     */
    TerminationCondition create(Map<String, Object> settings);
  }

  /** Makes tools. */
  @FunctionalInterface
  public interface Tools {
    /**
     * Returns the tools.
     *
     * @param settings of the file: texts, numbers, booleans, lists and maps
     * @throws IllegalArgumentException if a setting is wrong; the message goes to the operator
     */
    List<TeamTool> create(Map<String, Object> settings);
  }

  /** Returns a builder without extensions. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the extensions that the class path declares for {@link ServiceLoader}. */
  public static TeamExtensions installed() {
    Builder builder = new Builder();
    ServiceLoader.load(TeamExtension.class).forEach(extension -> extension.addTo(builder));
    return builder.build();
  }

  Map<String, Selection> selections() {
    return selections;
  }

  Map<String, Condition> conditions() {
    return conditions;
  }

  Map<String, Tools> tools() {
    return tools;
  }

  Map<String, McpCredentials> credentials() {
    return credentials;
  }

  /** Builds {@link TeamExtensions}. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Selection> selections = new LinkedHashMap<>();
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final Map<String, Tools> tools = new LinkedHashMap<>();
    private final Map<String, McpCredentials> credentials = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a speaker selection.
     *
     * @throws IllegalArgumentException if there is one of this name
     */
    public Builder selection(String name, Selection selection) {
      put(selections, name, selection);
      return this;
    }

    /**
     * Adds a condition.
     *
     * @throws IllegalArgumentException if there is one of this name
     */
    public Builder condition(String name, Condition condition) {
      put(conditions, name, condition);
      return this;
    }

    /**
     * Adds tools.
     *
     * @throws IllegalArgumentException if there are some of this name
     */
    public Builder tools(String name, Tools provider) {
      put(tools, name, provider);
      return this;
    }

    /**
     * Adds the credentials of users for MCP servers.
     *
     * @throws IllegalArgumentException if there are some of this name
     */
    public Builder credentials(String name, McpCredentials credentials) {
      put(this.credentials, name, credentials);
      return this;
    }

    private static <T> void put(Map<String, T> map, String name, T value) {
      if (map.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("Two extensions are called '" + name + "'");
      }
    }

    /** Returns the extensions. */
    public TeamExtensions build() {
      return new TeamExtensions(this);
    }
  }
}
