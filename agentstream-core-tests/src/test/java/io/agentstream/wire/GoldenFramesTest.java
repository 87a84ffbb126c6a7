package io.agentstream.wire;

import static io.agentstream.wire.ExampleFrames.CONTROL;
import static io.agentstream.wire.ExampleFrames.EVENTS;
import static io.agentstream.wire.ExampleFrames.ID;
import static io.agentstream.wire.ExampleFrames.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.wire.internal.FrameEncoder;
import io.agentstream.wire.internal.OriginalFrames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares every frame, letter by letter, with the files that clients are written against. */
class GoldenFramesTest {

  @Test
  void version_1() throws IOException {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < EVENTS.size(); i++) {
      frames.add(FrameEncoder.event(ID, i + 1, MILLIS, EVENTS.get(i)));
    }
    frames.add(FrameEncoder.tokens(ID, 5, 7, new StreamingToken("m2", 0, "He"), "Hello"));
    frames.add(FrameEncoder.tokens(ID, 5, 7, new StreamingThinking("m2", 0, "He"), "Hello"));
    for (ControlFrame frame : CONTROL) {
      frames.add(FrameEncoder.control(frame, MILLIS, null));
    }
    frames.add(FrameEncoder.control(new ControlFrame.Pong(), MILLIS, "req \"1\""));
    assertThat(frames).containsExactlyElementsOf(golden("version-1.jsonl"));
  }

  @Test
  void the_original_dialect() throws IOException {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < EVENTS.size(); i++) {
      if (!(EVENTS.get(i) instanceof StreamingToken)) {
        frames.add(OriginalFrames.event(ID, i + 1, MILLIS, EVENTS.get(i)));
      }
    }
    frames.add(OriginalFrames.token(ID, 5, MILLIS, "m2", "Ann", 1, "lo", "Hello"));
    assertThat(frames).containsExactlyElementsOf(golden("original.jsonl"));
  }

  @Test
  void a_token_frame_is_at_most_170_bytes_for_five_letters() {
    String frame =
        FrameEncoder.event(ID, 999_999, MILLIS, new StreamingToken("m999", 99_999, "Hello"));
    assertThat(frame.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(170);
  }

  static List<String> golden(String file) throws IOException {
    try (InputStream in = GoldenFramesTest.class.getResourceAsStream("/golden/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n"))
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toList());
    }
  }
}
