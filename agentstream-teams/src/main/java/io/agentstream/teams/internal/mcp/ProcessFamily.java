package io.agentstream.teams.internal.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A program and everything that it has started. On Linux it also finds what a program that ended by
 * itself has left behind, by a variable that a process inherits.
 */
final class ProcessFamily {

  private static final String VARIABLE = "AGENTSTREAM_MCP_FAMILY";
  private static final Path PROCESSES = Path.of("/proc");

  private final String name = UUID.randomUUID().toString();

  /** Marks a program before it starts. */
  void mark(ProcessBuilder program) {
    program.environment().put(VARIABLE, name);
  }

  /** Returns the processes of the family that live. */
  List<ProcessHandle> of(Process program) {
    Stream<ProcessHandle> related = Stream.concat(program.descendants(), orphans());
    return Stream.concat(related, Stream.of(program.toHandle()))
        .distinct()
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  private Stream<ProcessHandle> orphans() {
    return Files.isDirectory(PROCESSES.resolve("self"))
        ? ProcessHandle.allProcesses().filter(this::isMarked)
        : Stream.of();
  }

  private boolean isMarked(ProcessHandle process) {
    try {
      byte[] variables =
          Files.readAllBytes(PROCESSES.resolve(String.valueOf(process.pid())).resolve("environ"));
      String text = "\0" + new String(variables, StandardCharsets.ISO_8859_1);
      return text.contains("\0" + VARIABLE + "=" + name + "\0");
    } catch (IOException e) {
      // It has ended, or belongs to another user.
      return false;
    }
  }
}
