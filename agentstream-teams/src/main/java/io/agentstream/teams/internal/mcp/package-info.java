/** Connections to MCP servers. Not for applications; changes without notice. */
@NullMarked
package io.agentstream.teams.internal.mcp;

import org.jspecify.annotations.NullMarked;
