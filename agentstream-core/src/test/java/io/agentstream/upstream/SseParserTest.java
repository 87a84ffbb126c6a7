package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SseParserTest {

  private static final int MAX = 1024;

  private static final String NASTY =
      "\uFEFF: a comment, data: not this\n"
          + "data: plain\n\n"
          + "data:no space\r\n\r\n"
          + "data:  two spaces\r\r"
          + "event: error\ndata: {\"error\":\"Grüße 👋\"}\n\n"
          + "data: first\ndata: second\r\ndata\rdata:fourth\r\n\n"
          + "id: 7\nretry: 100\nunknown: x\ndatax: no\ndata : no\n\n"
          + "event: dropped without data\n\n"
          + "data:\n\n"
          + "data: 漢字 \uFEFF kept\n\n\n\r\n"
          + "data: [DONE]\n\n";

  private static final List<StreamedEvent> EXPECTED =
      List.of(
          event(null, "plain"),
          event(null, "no space"),
          event(null, " two spaces"),
          event("error", "{\"error\":\"Grüße 👋\"}"),
          event(null, "first\nsecond\n\nfourth"),
          event(null, "漢字 \uFEFF kept"),
          event(null, "[DONE]"));

  private final List<StreamedEvent> events = new ArrayList<>();

  @Test
  void a_nasty_document_reads_the_same_wherever_it_is_split() throws Exception {
    byte[] bytes = NASTY.getBytes(UTF_8);
    for (int split = 0; split <= bytes.length; split++) {
      events.clear();
      SseParser parser = parser(MAX);
      parser.feed(ByteBuffer.wrap(bytes, 0, split));
      parser.feed(ByteBuffer.wrap(bytes, split, bytes.length - split));
      parser.finish();
      assertThat(events).as("split at byte %d", split).isEqualTo(EXPECTED);
    }
  }

  @Test
  void a_nasty_document_reads_the_same_in_pieces_of_any_size() throws Exception {
    byte[] bytes = NASTY.getBytes(UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      events.clear();
      SseParser parser = parser(MAX);
      for (int start = 0; start < bytes.length; start += size) {
        ByteBuffer piece = ByteBuffer.wrap(bytes, start, Math.min(size, bytes.length - start));
        parser.feed(piece.asReadOnlyBuffer());
      }
      parser.finish();
      assertThat(events).as("pieces of %d bytes", size).isEqualTo(EXPECTED);
    }
  }

  @Test
  void an_event_is_delivered_with_its_empty_line_and_not_later() throws Exception {
    SseParser parser = parser(MAX);
    feed(parser, "data: a\n");
    assertThat(events).isEmpty();
    feed(parser, "\n");
    assertThat(events).containsExactly(event(null, "a"));
    feed(parser, "data: b\r\r");
    assertThat(events).hasSize(2);
  }

  @Test
  void a_clean_end_delivers_an_event_that_lacks_its_line_end() throws Exception {
    SseParser parser = parser(MAX);
    feed(parser, "event: e\ndata: a\ndata: b");
    parser.finish();
    assertThat(events).containsExactly(event("e", "a\nb"));
  }

  @Test
  void an_event_name_does_not_leak_into_the_next_event() throws Exception {
    feed(parser(MAX), "event: e\n\ndata: a\n\nevent: f\ndata: b\n\ndata: c\n\n");
    assertThat(events).containsExactly(event(null, "a"), event("f", "b"), event(null, "c"));
  }

  @Test
  void nothing_is_read_after_the_sink_wants_no_more() throws Exception {
    SseParser parser =
        new SseParser(
            MAX,
            (type, bytes, from, to) -> {
              add(type, bytes, from, to);
              return false;
            });
    assertThat(parser.feed(bytes("data: a\n\ndata: b\n\n"))).isFalse();
    assertThat(events).containsExactly(event(null, "a"));
  }

  @Test
  void an_event_as_long_as_the_limit_passes_and_a_longer_one_fails() throws Exception {
    String longest = "data: " + "x".repeat(MAX - 6);
    feed(parser(MAX), longest + "\n\n" + longest + "\n\n");
    assertThat(events).hasSize(2);
    assertThatThrownBy(() -> feed(parser(MAX), longest + "x"))
        .isInstanceOf(EventTooLongException.class)
        .hasMessageContaining("1024");
  }

  @Test
  void the_limit_holds_for_the_lines_of_an_event_together() {
    assertThatThrownBy(() -> feed(parser(MAX), "data: 0123456789\n".repeat(100)))
        .isInstanceOf(EventTooLongException.class);
    assertThatThrownBy(() -> feed(parser(MAX), "data:\n".repeat(MAX)))
        .isInstanceOf(EventTooLongException.class);
  }

  @Test
  void any_number_of_keep_alive_comments_passes() {
    SseParser parser = parser(MAX);
    assertThatCode(() -> feed(parser, ": keep-alive\n".repeat(10_000))).doesNotThrowAnyException();
  }

  @Test
  void bytes_that_are_no_utf8_are_replaced_and_fail_nothing() throws Exception {
    parser(MAX)
        .feed(ByteBuffer.wrap(new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xC3, '\n', '\n'}));
    assertThat(events).containsExactly(event(null, "\uFFFD"));
  }

  private SseParser parser(int maxEventBytes) {
    return new SseParser(maxEventBytes, this::add);
  }

  private boolean add(@Nullable String type, byte[] bytes, int from, int to) {
    return events.add(event(type, new String(bytes, from, to - from, UTF_8)));
  }

  private static void feed(SseParser parser, String text) throws EventTooLongException {
    parser.feed(bytes(text));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static StreamedEvent event(@Nullable String type, String data) {
    return new StreamedEvent(type, data);
  }
}
