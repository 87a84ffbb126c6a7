package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.settings.Timeouts;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server has accepted is in the store. */
@Timeout(180)
class AcceptedTest {

  @TempDir private Path folder;

  private final Semaphore saves = new Semaphore(0);

  @Test
  void a_start_and_a_message_are_accepted_after_their_commit_and_tokens_wait_for_none()
      throws Exception {
    try (StoredServer server = new StoredServer(held(), Timeouts.defaults())) {
      TestViewer viewer = server.viewer();
      viewer.command("start_conversation", Map.of("topic", "Tea?"));
      var call = server.model.awaitNext();
      assertThat(viewer.types()).doesNotContain("accepted");
      saves.release();
      String id = viewer.await("accepted").path("conversation_id").asText();
      call.tokens("Half");
      viewer.awaitText("m2", "Half");
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      call.tokens(" and more");
      viewer.awaitText("m2", "Half and more");
      assertThat(viewer.types()).containsOnlyOnce("accepted");
      saves.release(1_000);
      Eventually.await(
          () -> viewer.types().stream().filter(type -> type.equals("accepted")).count() == 2);
    }
  }

  /** A store whose writes of turns wait for the test. */
  private Store held() {
    JdbcStore store = JdbcStore.inFolder(folder);
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("save")) {
                saves.acquire();
                List<?> changes = (List<?>) arguments[0];
                assertThat(changes).hasOnlyElementsOfType(ConversationChange.class);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
