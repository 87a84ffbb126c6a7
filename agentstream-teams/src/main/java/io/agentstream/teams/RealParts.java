package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.ExternalTermination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.teams.internal.mcp.McpServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The models, tools and extensions of a file, each created once. Not thread-safe. */
final class RealParts implements Parts, AutoCloseable {

  private static final String DEFAULT = "";

  private final TeamFile file;
  private final TeamSetup setup;
  private final Map<String, StreamingChatModel> models = new HashMap<>();
  private final Map<String, List<LetIn>> tools = new HashMap<>();
  private final Map<String, ExternalTermination> externals = new HashMap<>();
  private final List<McpServer> servers = new ArrayList<>();

  RealParts(TeamFile file, TeamSetup setup) {
    this.file = file;
    this.setup = setup;
  }

  /** Ends the MCP servers. */
  @Override
  public void close() {
    servers.forEach(McpServer::close);
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
  public List<LetIn> tools(String name) {
    List<LetIn> known = tools.get(name);
    if (known == null) {
      ToolSpec spec = file.tools().get(name);
      if (spec == null) {
        throw new IllegalArgumentException("There are no tools '" + name + "'");
      }
      known = letIn(name, spec, provide(name, spec));
      tools.put(name, known);
    }
    return known;
  }

  private List<TeamTool> provide(String name, ToolSpec spec) {
    if (spec.custom() == null) {
      return named("tools." + name, () -> served(name, spec));
    }
    TeamExtensions.Tools provider =
        extension(setup.extensions().tools(), spec.custom(), "tools." + name + ".custom");
    return named("tools." + name, () -> provider.create(spec.settings()));
  }

  private List<TeamTool> served(String name, ToolSpec spec) {
    McpServer server = new McpServer(McpServers.settings(name, spec, setup));
    servers.add(server);
    return server.tools().stream().map(tool -> new TeamTool(tool, server)).toList();
  }

  private static List<LetIn> letIn(String name, ToolSpec spec, List<TeamTool> all) {
    Set<String> left = new HashSet<>(spec.allow());
    List<LetIn> in = new ArrayList<>();
    for (TeamTool tool : all) {
      String toolName = tool.specification().name();
      if (spec.allow().isEmpty() || left.remove(toolName)) {
        in.add(
            new LetIn(
                tool,
                isApproved(spec.approval(), toolName),
                Boolean.TRUE.equals(spec.idempotent())));
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "tools."
              + name
              + ".allow: there is no "
              + String.join(", ", new TreeSet<>(left))
              + " (known: "
              + String.join(", ", all.stream().map(tool -> tool.specification().name()).toList())
              + ")");
    }
    return List.copyOf(in);
  }

  private static boolean isApproved(ToolSpec.@Nullable Approval approval, String tool) {
    return approval != null
        && (approval.when() == ToolSpec.When.ALWAYS || approval.tools().contains(tool));
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
          path
              + ": there is no extension '"
              + name
              + "' (known: "
              + (extensions.isEmpty()
                  ? "none"
                  : String.join(", ", new TreeSet<>(extensions.keySet())))
              + ")");
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
