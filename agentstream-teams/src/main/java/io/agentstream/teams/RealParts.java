package io.agentstream.teams;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.ExternalTermination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.teams.internal.Unknown;
import io.agentstream.teams.internal.mcp.McpServer;
import io.agentstream.teams.internal.mcp.UserServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The models, tools and extensions of a file, each created once. Not thread-safe. */
final class RealParts implements Parts, AutoCloseable {

  private static final String DEFAULT = "";

  private final TeamFile file;
  private final TeamSetup setup;
  private final Map<String, StreamingChatModel> models = new HashMap<>();
  private final Map<String, Tools> tools = new HashMap<>();
  private final Map<String, ExternalTermination> externals = new HashMap<>();
  private final List<AutoCloseable> servers = new ArrayList<>();

  RealParts(TeamFile file, TeamSetup setup) {
    this.file = file;
    this.setup = setup;
  }

  /** Ends the MCP servers. */
  @Override
  public void close() {
    for (AutoCloseable server : servers) {
      try {
        server.close();
      } catch (Exception e) {
        throw new IllegalStateException("A tool server cannot be closed", e);
      }
    }
  }

  Map<String, ExternalTermination> externals() {
    return externals;
  }

  @Override
  public synchronized StreamingChatModel model(@Nullable String name) {
    String key = name == null ? defaultModel() : name;
    StreamingChatModel model = models.get(key);
    if (model == null) {
      model = create(key);
      models.put(key, model);
    }
    return model;
  }

  private String defaultModel() {
    for (Map.Entry<String, ModelSpec> model : file.models().entrySet()) {
      if (Boolean.TRUE.equals(model.getValue().isDefault())) {
        return model.getKey();
      }
    }
    return file.models().isEmpty() ? DEFAULT : file.models().keySet().iterator().next();
  }

  private StreamingChatModel create(String name) {
    StreamingChatModel given = setup.models().get(name);
    if (given != null) {
      return given;
    }
    ModelSpec spec = file.models().getOrDefault(name, ModelSpec.DEFAULT);
    return named("models." + name, () -> setup.factory().create(spec, setup.environment()));
  }

  /**
   * Creates what the file names and no agent of it uses; not a default that it does not name.
   * Blocks until each server has listed its tools.
   */
  void createAll() {
    file.models().keySet().forEach(this::model);
    file.tools().keySet().forEach(this::tools);
  }

  @Override
  public Tools tools(String name) {
    Tools known = tools.get(name);
    if (known == null) {
      ToolSpec spec = file.tools().get(name);
      if (spec == null) {
        throw new IllegalArgumentException("There are no tools '" + name + "'");
      }
      known = spec.custom() == null ? served(name, spec) : Tools.of(provided(name, spec));
      tools.put(name, known);
    }
    return known;
  }

  private List<LetIn> provided(String name, ToolSpec spec) {
    String path = "tools." + name;
    TeamExtensions.Tools provider =
        extension(
            setup.extensions().tools(), Objects.requireNonNull(spec.custom()), path + ".custom");
    ToolRules rules = new ToolRules(path, spec);
    List<TeamTool> all = named(path, () -> provider.create(spec.settings()));
    rules.check(all.stream().map(tool -> tool.specification().name()).toList());
    return all.stream()
        .filter(tool -> rules.letsIn(tool.specification().name()))
        .map(
            tool ->
                new LetIn(
                    tool,
                    rules.needsApproval(tool.specification().name()),
                    Boolean.TRUE.equals(spec.idempotent())))
        .toList();
  }

  private Tools served(String name, ToolSpec spec) {
    String path = "tools." + name;
    String credentials = Objects.requireNonNull(spec.mcp()).credentials();
    return named(
        path, () -> credentials == null ? shared(name, spec) : ofUsers(name, credentials, spec));
  }

  private Tools shared(String name, ToolSpec spec) {
    ToolRules rules = new ToolRules("tools." + name, spec);
    McpServer server = new McpServer(McpServers.settings(name, spec, setup));
    servers.add(server);
    List<String> listed = server.tools().stream().map(ToolSpecification::name).toList();
    rules.check(listed);
    return new Tools(
        List.of(),
        new McpTools(rules, server, false),
        listed.stream().filter(rules::letsIn).toList());
  }

  private Tools ofUsers(String name, String credentials, ToolSpec spec) {
    McpCredentials hook =
        extension(setup.extensions().credentials(), credentials, "mcp.credentials");
    UserServers users =
        new UserServers(McpServers.settings(name, spec, setup), user -> hook.headers(name, user));
    servers.add(users);
    ToolRules rules = new ToolRules("tools." + name, spec);
    return new Tools(List.of(), new McpTools(rules, users, true), List.of());
  }

  @Override
  public SpeakerSelector selection(SelectionSpec.Custom custom, @Nullable SpeakerSelector orElse) {
    TeamExtensions.Selection extension =
        extension(setup.extensions().selections(), custom.name(), "speaker_selection.name");
    return named(
        "speaker_selection '" + custom.name() + "'",
        () -> extension.create(custom.settings(), orElse));
  }

  @Override
  public TerminationCondition condition(EndSpec.Custom custom) {
    TeamExtensions.Condition extension =
        extension(setup.extensions().conditions(), custom.custom(), "end_when.custom");
    return named("end_when '" + custom.custom() + "'", () -> extension.create(custom.settings()));
  }

  @Override
  public TerminationCondition external(String name) {
    return externals.computeIfAbsent(name, unused -> TerminationCondition.external());
  }

  private static <T> T extension(Map<String, T> extensions, String name, String path) {
    T extension = extensions.get(name);
    if (extension == null) {
      throw new IllegalArgumentException(
          path + ": " + Unknown.of("extension", name, new TreeSet<>(extensions.keySet())));
    }
    return extension;
  }

  private static <T> T named(String path, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }
}
