package io.agentstream.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.internal.UserCode;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.ControlFrame;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whose code a slow response is put down to. */
class PassageTest {

  @Test
  void a_format_of_an_application_is_named_itself() {
    UsersViewer viewer = new UsersViewer();
    assertThat(new Passage(null, viewer).user()).isSameAs(viewer);
    assertThat(UserCode.isOurs(new Passage(null, viewer))).isFalse();
  }

  @Test
  void a_format_of_the_library_is_neither_measured_nor_named() throws Exception {
    for (String name : new String[] {"rest.EventStream", "openai.Completion", "agui.AgUiRun"}) {
      Class<?> format = Class.forName("io.agentstream.http." + name);
      assertThat(HttpViewer.class).as(name).isAssignableFrom(format);
      assertThat(UserCode.isOf(Passage.class, format)).as(name).isTrue();
    }
  }

  private static final class UsersViewer implements HttpViewer {
    @Override
    public void ready(ViewerConnection connection) {}

    @Override
    public void control(
        ControlFrame frame, long millis, String requestId, Consumer<String> frames) {}

    @Override
    public ConversationEncoder conversation(String id) {
      throw new UnsupportedOperationException(id);
    }
  }
}
