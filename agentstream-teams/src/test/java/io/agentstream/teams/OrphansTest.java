package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The programs that an MCP server has started end with it, also if it dies by itself. */
@Timeout(300)
class OrphansTest {

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_child_of_a_server_that_died_is_ended() throws Exception {
    Path file = folder.resolve("child");
    try (McpTeam team = McpTeam.open("{mcp: {command: " + StubProgram.leavingAChild(file) + "}}")) {
      assertThat(team.call(null, "a").isError()).isTrue();
      long child = Long.parseLong(Files.readString(file));
      Eventually.await(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
  }
}
