package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.join;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several viewers of one conversation, each of whom keeps reading. */
interface FanOutContract extends ServedHub {

  @Test
  default void viewers_of_one_conversation_get_the_same_frames() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer first = viewer();
    String id = start(first);
    first.until("speaker_change");
    List<SocketViewer> viewers = new ArrayList<>(List.of(first));
    for (int i = 0; i < 4; i++) {
      SocketViewer viewer = viewer();
      join(viewer, id);
      viewer.until("snapshot");
      viewers.add(viewer);
    }
    ScriptedCall answer = model.awaitNext();

    for (int i = 0; i < 50; i++) {
      answer.tokens("token " + i);
      assertAllGetTheSame(viewers);
    }
    answer.complete();
    for (int i = 0; i < List.of("streaming_complete", "new_message", "ended").size(); i++) {
      assertAllGetTheSame(viewers);
    }
  }

  private static void assertAllGetTheSame(List<SocketViewer> viewers) {
    assertThat(viewers.stream().map(SocketViewer::nextText).distinct()).hasSize(1);
  }

  @Test
  default void a_viewer_that_keeps_reading_gets_one_frame_for_each_token() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer viewer = viewer();
    start(viewer);
    viewer.until("speaker_change");
    ScriptedCall answer = model.awaitNext();

    for (int i = 0; i < 500; i++) {
      answer.tokens("token" + i);
      assertThat(viewer.nextText())
          .contains("\"seq\":" + (5 + i) + ",\"data\"")
          .contains("\"token\":\"token" + i + "\"")
          .doesNotContain("from_seq");
    }
  }
}
