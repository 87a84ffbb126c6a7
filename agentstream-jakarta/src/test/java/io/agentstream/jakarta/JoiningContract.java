package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.join;
import static io.agentstream.jakarta.ServedHub.saying;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Coming late and coming back. */
interface JoiningContract extends ServedHub {

  @Test
  default void join_with_epoch_and_after_seq_replays_what_was_missed_and_goes_on_live()
      throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer first = viewer();
    String id = start(first);
    ScriptedCall answer = model.awaitNext();
    answer.tokens("Hello ");
    List<JsonNode> seen = first.until("speaker_change");
    first.vanish();

    SocketViewer again = viewer();
    join(again, id, 1, 4);

    JsonNode joined = again.expect("joined");
    assertThat(joined.get("in_reply_to").asText()).isEqualTo("join");
    assertThat(joined.get("data"))
        .isEqualTo(
            SocketViewer.parse(
                """
                {"conversation_id": "%s", "mode": "replay", "epoch": 1, "from_seq": 5, "to_seq": 5}"""
                    .formatted(id)));
    answer.tokens("world");
    answer.complete();
    ConversationView view = ConversationView.of(seen).toTheEnd(again);
    assertThat(view.messages()).containsExactly("tea", "Hello world");
  }

  @Test
  default void join_without_a_position_gives_a_snapshot_in_the_middle_of_a_message()
      throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    String id = start(viewer());
    ScriptedCall answer = model.awaitNext();
    answer.tokens("Hello ");

    SocketViewer late = viewer();
    join(late, id);

    JsonNode joined = late.expect("joined");
    assertThat(joined.get("data"))
        .isEqualTo(
            SocketViewer.parse(
                """
                {"conversation_id": "%s", "mode": "snapshot", "epoch": 1}"""
                    .formatted(id)));
    JsonNode snapshot = late.expect("snapshot");
    assertThat(snapshot.at("/data/seq").asLong()).isEqualTo(5);
    assertThat(snapshot.at("/data/state").asText()).isEqualTo("running");
    assertThat(snapshot.at("/data/open/0/content").asText()).isEqualTo("Hello ");
    answer.tokens("world");
    answer.complete();
    ConversationView view = ConversationView.of(List.of(snapshot)).toTheEnd(late);
    assertThat(view.messages()).containsExactly("tea", "Hello world");
  }

  @Test
  default void a_position_of_another_epoch_gives_a_snapshot() throws Exception {
    serve(saying("Hello"));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    viewer.until("conversation_ended");

    join(viewer, id, 2, 3);

    assertThat(viewer.expect("joined").at("/data/mode").asText()).isEqualTo("snapshot");
    ConversationView view = ConversationView.of(List.of(viewer.expect("snapshot")));
    assertThat(view.messages()).containsExactly("tea", "Hello");
    assertThat(view.endReason()).isEqualTo("max_rounds");
  }

  @Test
  default void a_position_that_was_never_reached_gives_a_snapshot() throws Exception {
    serve(saying("Hello"));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    viewer.until("conversation_ended");

    join(viewer, id, 1, 9_000);

    assertThat(viewer.expect("joined").at("/data/mode").asText()).isEqualTo("snapshot");
  }

  @Test
  default void the_seam_has_no_gap_wherever_the_cut_comes_and_whenever_the_viewer_comes_back()
      throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer witness = viewer();
    String id = start(witness);
    List<JsonNode> record = new ArrayList<>(witness.until("speaker_change"));
    ScriptedCall answer = model.awaitNext();
    List<CutViewer> returned = new ArrayList<>();

    returned.addAll(comeBackAtEveryCut(id, record));
    for (String token : List.of("One ", "two ", "three")) {
      answer.tokens(token);
      record.add(witness.expect("streaming_token"));
      returned.addAll(comeBackAtEveryCut(id, record));
    }
    answer.complete();
    record.addAll(witness.until("conversation_ended"));
    List<CutViewer> tooLate = comeBackAtEveryCut(id, record);

    for (CutViewer cut : returned) {
      ConversationView view = cut.view.toTheEnd(cut.viewer);
      assertThat(view.messages()).containsExactly("tea", "One two three");
      assertThat(view.seq()).isEqualTo(record.size());
    }
    for (CutViewer cut : tooLate) {
      assertThat(cut.view.toTheEnd(cut.viewer).messages()).containsExactly("tea", "One two three");
    }
  }

  /** For each number of frames seen, a viewer who saw those and then comes back; and a new one. */
  private List<CutViewer> comeBackAtEveryCut(String id, List<JsonNode> record) {
    List<CutViewer> viewers = new ArrayList<>();
    for (int seen = 0; seen <= record.size(); seen++) {
      SocketViewer viewer = viewer();
      join(viewer, id, 1, seen);
      assertThat(viewer.expect("joined").at("/data/mode").asText()).isEqualTo("replay");
      viewers.add(new CutViewer(viewer, ConversationView.of(record.subList(0, seen))));
    }
    SocketViewer viewer = viewer();
    join(viewer, id);
    viewer.expect("joined");
    viewers.add(new CutViewer(viewer, ConversationView.of(List.of(viewer.expect("snapshot")))));
    return viewers;
  }

  /** A viewer and what it has seen. */
  record CutViewer(SocketViewer viewer, ConversationView view) {}

  @Test
  default void the_seam_has_no_gap_while_tokens_keep_coming() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer witness = viewer();
    String id = start(witness);
    ScriptedCall answer = model.awaitNext();
    int viewers = 20;

    CompletableFuture<Void> speech = CompletableFuture.runAsync(() -> speakFor(answer, 2_000));
    List<SocketViewer> joining = new ArrayList<>();
    for (int i = 0; i < viewers; i++) {
      SocketViewer viewer = viewer();
      if (i % 2 == 0) {
        join(viewer, id);
      } else {
        join(viewer, id, 1, 0);
      }
      joining.add(viewer);
    }
    speech.get(SocketViewer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    answer.complete();

    List<String> expected = new ConversationView().toTheEnd(witness).messages();
    for (SocketViewer viewer : joining) {
      ConversationView view = new ConversationView().toTheEnd(viewer);
      assertThat(view.messages()).isEqualTo(expected);
    }
  }

  private static void speakFor(ScriptedCall answer, int tokens) {
    for (int i = 0; i < tokens; i++) {
      answer.tokens(i + " ");
    }
  }

  @Test
  default void joining_again_on_the_same_connection_starts_over_from_the_new_position()
      throws Exception {
    serve(saying("Hello"));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    List<JsonNode> first = viewer.until("conversation_ended");

    join(viewer, id, 1, 0);

    assertThat(viewer.expect("joined").at("/data/mode").asText()).isEqualTo("replay");
    assertThat(viewer.until("conversation_ended")).isEqualTo(first);
  }
}
