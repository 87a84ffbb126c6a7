package io.agentstream.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the suite notices what it is there to notice. */
class SeenTest {

  private static final String[] FRAMES = {
    event(1, "new_message", said("m1", "user", "user", 0, "Tea?")),
    event(2, "speaker_change", "{\"message_id\":\"m2\"}"),
    token(3, 0, "He"),
    token(4, 2, "llo"),
    event(
        5, "streaming_complete", "{\"message_id\":\"m2\",\"full_content\":\"Hello\",\"length\":5}"),
    event(6, "new_message", said("m2", "assistant", "Ann", 1, "Hello")),
    event(7, "conversation_ended", "{\"reason\":\"completed\"}")
  };

  private static final String SNAPSHOT =
      """
      {"type":"snapshot","data":{"seq":%d,"state":"running",
        "messages":[{"message_id":"m1","role":"user","sender":"user","content":"Tea?","round":0}],
        "open":[{"message_id":"m2","content":"%s","thinking":""}]}}""";

  @Test
  void what_differs_in_nothing_passes() {
    Seen seen = seen(FRAMES);
    assertThat(seen.ended()).isTrue();
    truth().check(seen);
    truth().checkText(Story.of(seen.frames()).text());
  }

  @Test
  void merged_tokens_pass() {
    Seen seen = new Seen(2);
    seen.take(Json.parse(merged(3, 4, 0, "Hello")));
    for (int i = 4; i < FRAMES.length; i++) {
      seen.take(Json.parse(FRAMES[i]));
    }
    truth().check(seen);
  }

  @Test
  void a_gap_is_noticed() {
    assertThatThrownBy(() -> seen(FRAMES[0], FRAMES[2])).hasMessageContaining("was lost");
  }

  @Test
  void a_repetition_is_noticed() {
    assertThatThrownBy(() -> seen(FRAMES[0], FRAMES[1], FRAMES[1]))
        .hasMessageContaining("came again");
    assertThatThrownBy(() -> seen(FRAMES[0], FRAMES[1], FRAMES[2], merged(3, 4, 0, "Hello")))
        .hasMessageContaining("came again");
  }

  @Test
  void a_missing_end_is_noticed() {
    assertThatThrownBy(() -> truth().check(seen(FRAMES[0]))).hasMessageContaining("1 of 7");
  }

  @Test
  void another_letter_is_noticed() {
    assertThatThrownBy(() -> truth().check(with(2, token(3, 0, "Ha"))))
        .hasMessageContaining("is no part of");
    assertThatThrownBy(() -> truth().check(with(0, FRAMES[0].replace("Tea", "Tee"))))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void tokens_that_do_not_make_up_the_message_are_noticed() {
    assertThatThrownBy(() -> Story.of(with(3, token(4, 2, "lo")).frames()))
        .hasMessageContaining("full_content");
    assertThatThrownBy(() -> Story.of(with(3, token(4, 3, "lo")).frames()))
        .hasMessageContaining("wrong place");
    assertThatThrownBy(() -> Story.of(with(5, FRAMES[5].replace("Hello", "Hullo")).frames()))
        .hasMessageContaining("differs from its tokens");
  }

  @Test
  void a_snapshot_and_what_is_live_show_the_same() {
    Seen seen = new Seen(0);
    seen.take(Json.parse(SNAPSHOT.formatted(3, "He")));
    for (int i = 3; i < FRAMES.length; i++) {
      seen.take(Json.parse(FRAMES[i]));
    }
    truth().check(seen);
    truth().checkText(Story.of(seen.frames()).text());
  }

  @Test
  void a_snapshot_with_other_text_is_noticed() {
    Seen seen = new Seen(0);
    seen.take(Json.parse(SNAPSHOT.formatted(3, "Hel")));
    assertThatThrownBy(() -> truth().check(seen)).hasMessageContaining("other text");
  }

  private static Truth truth() {
    return new Truth(seen(FRAMES));
  }

  private static Seen with(int index, String frame) {
    List<String> frames = new ArrayList<>(List.of(FRAMES));
    frames.set(index, frame);
    return seen(frames.toArray(String[]::new));
  }

  private static Seen seen(String... frames) {
    Seen seen = new Seen(0);
    for (String frame : frames) {
      JsonNode parsed = Json.parse(frame);
      seen.take(parsed);
    }
    return seen;
  }

  private static String event(int seq, String type, String data) {
    return "{\"type\":\"%s\",\"conversation_id\":\"c\",\"seq\":%d,\"data\":%s}"
        .formatted(type, seq, data);
  }

  private static String token(int seq, int offset, String token) {
    return merged(seq, seq, offset, token);
  }

  private static String merged(int from, int seq, int offset, String token) {
    return """
    {"type":"streaming_token","seq":%d,"from_seq":%d,
     "data":{"message_id":"m2","offset":%d,"token":"%s"}}"""
        .formatted(seq, from, offset, token);
  }

  private static String said(String id, String role, String sender, int round, String content) {
    return "{\"message_id\":\"%s\",\"role\":\"%s\",\"sender\":\"%s\",\"round\":%d,\"content\":\"%s\"}"
        .formatted(id, role, sender, round, content);
  }
}
