package io.agentstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "http_proxy, http://proxy.example:3128, http://h/, proxy.example:3128",
    "HTTP_PROXY, http://proxy.example:3128, http://h/, proxy.example:3128",
    "http_proxy, proxy.example:3128, http://h/, proxy.example:3128",
    "http_proxy, http://proxy.example, http://h/, proxy.example:80",
    "http_proxy, http://user:secret@proxy.example:3128/, http://h/, proxy.example:3128",
    "http_proxy, http://[fd00::1]:3128, http://h/, [fd00::1]:3128",
    "http_proxy, http://proxy.example:3128, https://h/, direct",
    "https_proxy, http://proxy.example:3128, https://h/, proxy.example:3128",
    "https_proxy, http://proxy.example:3128, http://h/, direct",
    "all_proxy, http://proxy.example:3128, https://h/, proxy.example:3128",
    "http_proxy, ' ', http://h/, direct",
    "other, http://proxy.example:3128, http://h/, direct"
  })
  void a_variable_chooses_the_proxy(String name, String value, String url, String proxy) {
    assertThat(chosen(Map.of(name, value), url)).isEqualTo(proxy);
  }

  @Test
  void a_scheme_of_its_own_and_small_letters_come_first() {
    Map<String, String> environment =
        Map.of(
            "all_proxy", "http://all:1",
            "HTTP_PROXY", "http://capitals:2",
            "http_proxy", "http://small:3");
    assertThat(chosen(environment, "http://h/")).isEqualTo("small:3");
    assertThat(chosen(environment, "https://h/")).isEqualTo("all:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h.example | http://h.example/ | direct",
        "h.example | http://a.h.example/ | direct",
        ".h.example | http://a.h.example/ | direct",
        "*.h.example | http://a.h.example/ | direct",
        "H.EXAMPLE | http://h.Example/ | direct",
        "h.example | http://otherh.example/ | p:1",
        "a, h.example b | http://h.example/ | direct",
        "a;h.example | http://h.example/ | direct",
        "h.example:8080 | http://h.example:8080/ | direct",
        "h.example:80 | http://h.example/ | direct",
        "h.example:8080 | http://h.example:8081/ | p:1",
        "* | http://h.example/ | direct",
        "10.0.0.0/8 | http://10.1.2.3/ | direct",
        "10.0.0.0/8 | http://11.1.2.3/ | p:1",
        "192.168.1.7 | http://192.168.1.7:8000/v1 | direct",
        "fd00::/8 | http://[fd00::1]/ | direct",
        "[fd00::1] | http://[fd00:0::1]/ | direct",
        "10.0.0.0/8 | http://h.example/ | p:1",
        ",, | http://localhost:11434/v1 | direct",
        ",, | http://127.0.0.1:11434/v1 | direct",
        ",, | http://[::1]:11434/v1 | direct",
        ",, | http://h.example/ | p:1"
      })
  void no_proxy_names_what_goes_through_none(String no, String url, String proxy) {
    assertThat(chosen(Map.of("http_proxy", "http://p:1", "no_proxy", no), url)).isEqualTo(proxy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "http://canary:port",
        "http://proxy:canary@",
        "http://canary.example:99999",
        "://canary",
        "socks5://canary:1080",
        "https://canary:3128",
        "ftp://canary",
        "http://canary example:1",
        "http://[canary",
        "canary:secret@proxy:x"
      })
  void a_proxy_that_is_none_is_refused_by_the_variables_name(String value) {
    for (String name : new String[] {"http_proxy", "HTTPS_PROXY", "all_proxy"}) {
      assertThatThrownBy(() -> EnvironmentProxies.of(Map.of(name, value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(name + " must be the URL of an HTTP proxy, such as http://")
          .hasMessageNotContaining("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://canary.example",
        "canary.example/path",
        "10.0.0.0/33",
        "10.0.0.0/99999999999",
        "10.0.0.999",
        "h.example,user@canary",
        "canary..example",
        "fd00::1::2"
      })
  void a_no_proxy_that_is_no_list_is_refused_by_its_name(String value) {
    assertThatThrownBy(() -> EnvironmentProxies.of(Map.of("NO_PROXY", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("NO_PROXY must be a list of host names and addresses, such as ")
        .hasMessageNotContaining("canary");
  }

  private static String chosen(Map<String, String> environment, String url) {
    Proxy proxy = EnvironmentProxies.of(environment).select(URI.create(url)).get(0);
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "direct";
  }
}
