package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ManualClock;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accepted commands are in the store. */
@Timeout(180)
class AcceptedTest {

  @TempDir private Path folder;

  private final Semaphore saves = new Semaphore(0);

  @Test
  void a_start_and_a_message_are_accepted_after_their_commit_and_tokens_wait_for_none()
      throws Exception {
    try (StoredServer server =
        new StoredServer(
            InterceptedStore.of(JdbcStore.inFolder(folder), saves::acquire),
            // However slow the machine is, the store does not count as away.
            new ManualClock())) {
      LocalViewer viewer = server.viewer();
      viewer.command("start_conversation", Map.of("topic", "Tea?"));
      var call = server.model.awaitNext();
      assertThat(viewer.types()).doesNotContain("accepted");
      saves.release(1_000);
      String id = viewer.await("accepted").path("conversation_id").asText();
      saves.drainPermits();
      LocalViewer watcher = server.viewer().join(id);
      call.tokens("Half");
      watcher.awaitText("m2", "Half");
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      call.tokens(" and more");
      watcher.awaitText("m2", "Half and more");
      assertThat(viewer.types()).containsOnlyOnce("accepted");
      saves.release(1_000);
      Eventually.await(
          () -> viewer.types().stream().filter(type -> type.equals("accepted")).count() == 2);
    }
  }
}
