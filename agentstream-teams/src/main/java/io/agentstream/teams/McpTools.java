package io.agentstream.teams;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentstream.chat.InterruptedCallPolicy;
import io.agentstream.chat.ToolSource;
import io.agentstream.teams.internal.mcp.ToolServers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Provides the tools that an MCP server lists at the time of a turn and that the file lets in. */
final class McpTools implements ToolSource {

  private static final Logger log = LoggerFactory.getLogger(McpTools.class);

  /** OpenAI takes no more. */
  private static final int MOST_TOOLS = 128;

  private static final int MOST_CHARS = 262_144;

  private final ToolRules rules;
  private final ToolServers servers;
  private final boolean ofOwner;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param ofOwner true if the server is reached with the credentials of a conversation's owner
   */
  McpTools(ToolRules rules, ToolServers servers, boolean ofOwner) {
    this.rules = rules;
    this.servers = servers;
    this.ofOwner = ofOwner;
  }

  @Override
  public CompletionStage<List<Tool>> tools(Turn turn) {
    String owner = turn.ownerId();
    return servers
        .newestTools(owner, turn.ended())
        .thenApply(tools -> letIn(tools, servers.executor(owner)));
  }

  private List<Tool> letIn(List<ToolSpecification> listed, ToolExecutor executor) {
    List<Tool> in = new ArrayList<>();
    int chars = 0;
    int left = 0;
    for (ToolSpecification tool : listed) {
      if (rules.letsIn(tool.name())) {
        chars += tool.toString().length();
        if (in.size() < MOST_TOOLS && chars <= MOST_CHARS) {
          in.add(letIn(tool, executor));
        } else {
          left++;
        }
      }
    }
    if (left > 0 && told.compareAndSet(false, true)) {
      log.warn(
          "{}: {} of the tools that the server lists are left out, because a model takes {} of"
              + " {} characters at the most; name those that are needed as 'allow'",
          rules.path(),
          left,
          MOST_TOOLS,
          MOST_CHARS);
    }
    return in;
  }

  private Tool letIn(ToolSpecification tool, ToolExecutor executor) {
    return new Tool(
        tool,
        executor,
        rules.needsApproval(tool.name()),
        rules.isIdempotent() ? InterruptedCallPolicy.CALL_AGAIN : null,
        ofOwner);
  }
}
