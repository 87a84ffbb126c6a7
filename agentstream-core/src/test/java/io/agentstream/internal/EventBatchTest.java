package io.agentstream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventBatchTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void what_waits_is_called_after_the_last_event_in_the_order_it_came() {
    inBatch(
        new EventBatch(),
        () -> {
          atEnd("first");
          calls.add("event");
          atEnd("second");
          calls.add("event");
        });
    assertThat(calls).containsExactly("event", "event", "first", "second");
  }

  @Test
  void there_is_a_batch_only_while_one_is_gone_through() {
    inBatch(
        new EventBatch(),
        () -> current().atEnd(() -> calls.add(EventBatch.current() == null ? "over" : "within")));
    assertThat(calls).containsExactly("over");
    assertThat(EventBatch.current()).isNull();
  }

  @Test
  void what_waited_once_is_called_once() {
    EventBatch batch = new EventBatch();
    inBatch(batch, () -> atEnd("first"));
    inBatch(batch, () -> atEnd("second"));
    assertThat(calls).containsExactly("first", "second");
  }

  @Test
  void a_batch_within_a_batch_is_a_part_of_it() {
    inBatch(
        new EventBatch(),
        () -> {
          inBatch(new EventBatch(), () -> atEnd("waits"));
          calls.add("event");
        });
    assertThat(calls).containsExactly("event", "waits");
  }

  @Test
  void what_waits_is_called_also_if_an_event_or_another_that_waits_fails() {
    assertThatThrownBy(
            () ->
                inBatch(
                    new EventBatch(),
                    () -> {
                      current().atEnd(this::fail);
                      atEnd("waits");
                      throw new IllegalStateException("event");
                    }))
        .hasMessage("event");
    assertThat(calls).containsExactly("waits");
  }

  private static void inBatch(EventBatch batch, Runnable events) {
    batch.begin();
    try {
      events.run();
    } finally {
      batch.end();
    }
  }

  private static EventBatch current() {
    return Objects.requireNonNull(EventBatch.current());
  }

  private void atEnd(String call) {
    current().atEnd(() -> calls.add(call));
  }

  private void fail() {
    throw new IllegalStateException("waiting");
  }
}
