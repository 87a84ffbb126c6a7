package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Floods of requests that cost a client little. */
@Timeout(300)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "minutes")
class FloodIT extends AttackedServer {

  @Test
  void lists_that_nobody_reads() throws Exception {
    Attacker owner = mallory(true);
    List<String> conversations = paused(owner);
    List<Attacker> crowd = IntStream.range(0, 28).mapToObj(one -> mallory(false)).toList();
    askForLists(crowd);
    stopAll(owner, conversations);
  }

  @Test
  void starts_over_new_connections() throws Exception {
    int started = 0;
    for (int i = 0; i < 500; i++) {
      Attacker mallory = mallory(true);
      started += mallory.start("Ann", 50).isEmpty() ? 0 : 1;
      mallory.leave();
    }
    assertThat(started).isBetween(1, 200);
  }
}
