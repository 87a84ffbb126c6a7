package io.agentstream.teams;

import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Shorthand;
import io.agentstream.teams.internal.Texts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tools under one name: those of an MCP server, or of an extension.
 *
 * @param mcp the MCP server; null for an extension
 * @param custom the name of an extension; null for an MCP server
 * @param settings the extension's settings
 * @param allow the tools that are let in; empty for all
 * @param approval which calls a person approves first; null for none
 * @param timeoutSeconds how long a call may take; null for the team's own limit
 * @param idempotent true if a call whose server died, or whose result was lost in a crash, is
 *     repeated; null for false
 * @param description one sentence for users who make agents; null for none
 */
public record ToolSpec(
    @Field("An MCP server.") @Nullable Mcp mcp,
    @Field(value = "The name of an extension that provides the tools.", text = Texts.ID)
        @Nullable String custom,
    @Field("The extension's settings.") Map<String, Object> settings,
    @Field("The tools that are let in; default all.") List<String> allow,
    @Field("Which calls a person approves first: never, always, or the names of tools.")
        @Nullable Approval approval,
    @Field(value = "How long a call may take.", least = 1, most = 3600)
        @Nullable Integer timeoutSeconds,
    @Field("Whether a call may be repeated if its server or ours died meanwhile; default false.")
        @Nullable Boolean idempotent,
    @Field(value = "One sentence for users who make agents.", longest = 2_000)
        @Nullable String description) {

  /**
   * An MCP server: a command that is started, or a URL. Exactly one of them is set.
   *
   * @param command the program and its arguments; empty for a URL
   * @param env environment variables of the program
   * @param url the server's streamable HTTP endpoint; null for a command
   * @param headers headers for each request to the URL
   * @param credentials the name of the extension that gives further headers for each user; null for
   *     one connection that all conversations share
   */
  public record Mcp(
      @Field(value = "The program and its arguments, which speaks MCP over stdio.", longest = 4000)
          List<String> command,
      @Field("The program's environment variables.") Map<String, Value> env,
      @Field(value = "The URL of a server that speaks streamable HTTP.", text = Texts.URL)
          @Nullable String url,
      @Field("Headers for each request to the URL.") Map<String, Value> headers,
      @Field(
              value = "The name of an extension that gives further headers for each user.",
              text = Texts.ID)
          @Nullable String credentials) {}

  /**
   * Which calls a person approves.
   *
   * @param when never or always; null if tools are named
   * @param tools the tools whose calls are approved
   */
  @Shorthand
  public record Approval(
      @Field("never or always.") @Nullable When when,
      @Field("The tools whose calls a person approves.") List<String> tools) {}

  /** When a person approves. */
  public enum When {
    NEVER,
    ALWAYS
  }
}
