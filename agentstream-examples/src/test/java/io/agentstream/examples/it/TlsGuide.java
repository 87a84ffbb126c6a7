package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The part of {@code docs/deploy.md} on TLS, with the certificate of its own that it makes. */
final class TlsGuide {

  private static final String NAME = "chat.example.com";

  private final String text;
  private final Path folder;

  private TlsGuide(String text, Path folder) {
    this.text = text;
    this.folder = folder;
  }

  /** Runs the guide's commands for a certificate, which is made for this machine, too. */
  static TlsGuide in(Path folder) throws IOException, InterruptedException {
    String guide = Files.readString(Path.of("../docs/deploy.md"));
    String section = guide.split("(?m)^## TLS$", -1)[1].split("(?m)^## ", -1)[0];
    TlsGuide tls = new TlsGuide(section, folder);
    String commands = tls.block("sh").replace("DNS:" + NAME, "DNS:" + NAME + ",IP:127.0.0.1");
    Process shell =
        new ProcessBuilder("sh", "-ec", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertThat(shell.waitFor()).as(Files.readString(folder.resolve("said"))).isZero();
    return tls;
  }

  /** Returns nginx's configuration with the guide's lines in place of those without TLS. */
  String nginx(String configuration) {
    String changed =
        configuration.replaceFirst(
            "(?m)^ *listen .*$", Matcher.quoteReplacement(block("nginx").stripTrailing()));
    assertThat(changed).contains("listen 443 ssl");
    return here(changed);
  }

  /** Returns HAProxy's configuration with the guide's line in place of the one without TLS. */
  String haproxy(String configuration) {
    String changed =
        configuration.replaceFirst(
            "(?m)^ *bind .*$", Matcher.quoteReplacement("    " + block("haproxy").strip()));
    assertThat(changed).contains("bind :443 ssl");
    return here(changed);
  }

  private String here(String configuration) {
    return configuration.replaceAll("/etc/[^;\\s]*/", Matcher.quoteReplacement(folder + "/"));
  }

  String certificate() {
    return folder.resolve(NAME + ".crt").toString();
  }

  /** Trusts this certificate alone. */
  SSLContext trusted() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(certificate()))) {
      store.setCertificateEntry(
          NAME, CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String block(String language) {
    Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(text);
    assertThat(block.find()).as(language).isTrue();
    return Objects.requireNonNull(block.group(1));
  }
}
