package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.settings.Quotas;
import org.junit.jupiter.api.Test;

class CapacityTest {

  @Test
  void says_what_fits_into_the_heap() {
    Quotas quotas = Quotas.builder().runningConversations(2_048).keptMegabytes(96).build();
    assertThat(Capacity.inWords(quotas, 256))
        .isEqualTo(
            "With a heap of 256 MB, 2,048 conversations may run at once, and those in memory may"
                + " take 96 MB");
  }

  @Test
  void says_where_there_is_no_limit() {
    assertThat(Capacity.inWords(Quotas.none(), 256))
        .isEqualTo(
            "With a heap of 256 MB, any number of conversations may run at once, and those in"
                + " memory may take all of it");
  }
}
