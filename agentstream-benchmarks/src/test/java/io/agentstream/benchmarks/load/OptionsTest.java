package io.agentstream.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void everything_is_compared_unless_said_otherwise() {
    Options options = Options.parse(List.of());

    assertThat(options.isWhole()).isTrue();
    assertThat(options.servers()).isEqualTo(Servers.all());
    assertThat(options.loads()).isEqualTo(Comparison.loads());
  }

  @Test
  void a_part_or_a_quick_run_is_not_published() {
    assertThat(Options.parse(List.of("--quick")).isWhole()).isFalse();
    assertThat(Options.parse(List.of("--loads", "steady")).isWhole()).isFalse();
    assertThat(Options.parse(List.of("--servers", "Node,Quarkus")).servers())
        .containsExactly("Node", "Quarkus");
  }

  @Test
  void what_is_not_known_is_named() {
    assertThatThrownBy(() -> Options.parse(List.of("--loads", "heavy")))
        .hasMessageContaining("heavy");
    assertThatThrownBy(() -> Options.parse(List.of("--fast"))).hasMessageContaining("--fast");
  }
}
