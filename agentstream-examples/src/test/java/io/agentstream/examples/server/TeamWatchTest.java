package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.TeamSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team file that changes while the server runs. */
class TeamWatchTest {

  @TempDir private Path folder;
  private final List<String> taken = new ArrayList<>();
  private int changes;

  private void take(TeamSource source) throws ConfigException {
    String name = source.file().agents().get(0).name();
    if (name.equals("Keyless")) {
      throw new ConfigException("the environment variable KEY is not set");
    }
    if (name.equals("Wild")) {
      throw new NoClassDefFoundError("CANARY");
    }
    taken.add(name);
  }

  private void write(Path file, String agent) throws Exception {
    Files.writeString(file, "version: 1\nagents: [{name: " + agent + "}]\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + ++changes * 1_000L));
  }

  @Test
  void a_changed_file_is_read_again_and_a_broken_one_keeps_the_old() throws Exception {
    Path file = folder.resolve("team.yaml");
    write(file, "Ann");
    try (TeamWatch watch = new TeamWatch(file, this::take)) {
      watch.look();
      assertThat(taken).isEmpty();
      write(file, "Ben");
      watch.look();
      watch.look();
      assertThat(taken).containsExactly("Ben");
      write(file, "[");
      watch.look();
      write(file, "Keyless");
      watch.look();
      write(file, "Wild");
      watch.look();
      Files.delete(file);
      watch.look();
      assertThat(taken).containsExactly("Ben");
      write(file, "Cid");
      watch.look();
      assertThat(taken).containsExactly("Ben", "Cid");
    }
  }
}
