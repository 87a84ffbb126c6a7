package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.config.AddressRange;
import io.agentstream.examples.config.HttpSpec;
import io.agentstream.identity.Handshake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

  private final ClientAddress address =
      new ClientAddress(
          new HttpSpec(
              List.of(),
              List.of(AddressRange.parse("127.0.0.1"), AddressRange.parse("10.0.0.0/9")),
              1,
              1,
              Duration.ofSeconds(1)));

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, , 192.0.2.7",
    "192.0.2.7, 198.51.100.1, 192.0.2.7",
    "127.0.0.1, , 127.0.0.1",
    "127.0.0.1, 198.51.100.1, 198.51.100.1",
    "127.0.0.1, '6.6.6.6, 198.51.100.1', 198.51.100.1",
    "127.0.0.1, '6.6.6.6, 198.51.100.1, 10.1.2.3', 198.51.100.1",
    "127.0.0.1, '198.51.100.1, 10.128.0.1', 10.128.0.1",
    "127.0.0.1, '6.6.6.6,', 127.0.0.1",
    "127.0.0.1, 2001:db8::1, 2001:db8::1",
    "127.0.0.1, 10.1.2.3, 10.1.2.3",
    "127.0.0.1, 198.51.100.1:4711, 198.51.100.1",
    "127.0.0.1, '198.51.100.1, 10.1.2.3:80', 198.51.100.1",
    "127.0.0.1, [2001:db8::1]:443, 2001:db8::1",
    "127.0.0.1, [2001:db8::1], 2001:db8::1",
    "127.0.0.1, unknown, 127.0.0.1",
    "127.0.0.1, '6.6.6.6, unknown', 127.0.0.1",
    "127.0.0.1, '6.6.6.6, 999.1.1.1', 127.0.0.1",
    "127.0.0.1, '6.6.6.6, _hidden', 127.0.0.1",
    "192.0.2.7, '127.0.0.1, 127.0.0.1', 192.0.2.7",
  })
  void only_trusted_proxies_are_believed(String remote, String forwarded, String client) {
    Map<String, List<String>> headers =
        forwarded == null ? Map.of() : Map.of("X-Forwarded-For", List.of(forwarded));
    assertThat(address.of(new Handshake(headers, false, remote, null, null))).isEqualTo(client);
  }
}
