package io.agentstream.teams;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.event.ToolResult;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A team of one agent with the tools of one MCP server, and all that it logs. */
final class McpTeam implements AutoCloseable {

  final ScriptedModel model = new ScriptedModel();
  final List<RecordedEvents> events = new ArrayList<>();
  final Teams teams;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  /**
   * @param tools the tools as in a team file
   * @param credentials the extension {@code vault}
   */
  McpTeam(String tools, McpCredentials credentials) throws TeamFileException {
    lines.start();
    root().addAppender(lines);
    teams =
        Teams.open(
            TeamFile.parse(
                """
                version: 1
                models: {m: {}}
                tools: {t: %s}
                agents: [{name: Ann, tools: t}]
                teams: [{name: T, participants: [Ann], max_rounds: 1}]
                """
                    .formatted(tools),
                "team.yaml"),
            TeamSetup.builder()
                .model("m", model)
                .extensions(TeamExtensions.builder().credentials("vault", credentials).build())
                .environment(Map.of())
                .build());
  }

  static McpTeam open(String tools) throws TeamFileException {
    return new McpTeam(
        tools, (name, user) -> CompletableFuture.failedStage(new IllegalStateException("unused")));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Returns the tools that one turn in a conversation of this user is offered. */
  List<String> offered(@Nullable String owner) {
    List<ScriptedCall> asked = new ArrayList<>();
    model.then(
        call -> {
          asked.add(call);
          call.tokens("Well.").complete();
        });
    run(owner);
    List<ToolSpecification> tools = asked.get(0).request().toolSpecifications();
    return tools == null ? List.of() : tools.stream().map(ToolSpecification::name).toList();
  }

  List<String> offered() {
    return offered(null);
  }

  /** Has the model call a tool. */
  ToolResult call(@Nullable String owner, String tool) {
    model.then(call -> call.toolCall(tool, "{}").complete());
    model.then(call -> call.tokens("Well.").complete());
    return run(owner).only(ToolResult.class);
  }

  /** Runs a conversation of this user. */
  RecordedEvents run(@Nullable String owner) {
    RecordedEvents each = new RecordedEvents();
    events.add(each);
    teams.chat("T").newConversation("Tea?").owner(owner).listener(each).start().result().join();
    return each;
  }

  /** Returns all lines of the log, with the traces of exceptions. */
  String log() {
    return List.copyOf(lines.list).stream()
        .map(
            line ->
                line.getFormattedMessage()
                    + (line.getThrowableProxy() == null
                        ? ""
                        : line.getThrowableProxy().getMessage()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    teams.close();
    root().detachAppender(lines);
  }
}
