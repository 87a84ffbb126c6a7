package io.agentstream.viewer.internal;

import io.agentstream.identity.Handshake;
import io.agentstream.viewer.ViewerConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs handshakes that indicate a wrong setting, for the operator. Thread-safe. */
final class HandshakeLog {

  private static final int LONGEST = 200;

  private static final Logger log = LoggerFactory.getLogger(ViewerConnection.class);

  private final int connectionsPerAddress;
  private final AtomicBoolean toldOfNoAddress = new AtomicBoolean();

  /**
   * @param connectionsPerAddress 0 for no limit
   */
  HandshakeLog(int connectionsPerAddress) {
    this.connectionsPerAddress = connectionsPerAddress;
  }

  /**
   * Header values contain no line breaks, and the log shows only as much as is needed to see the
   * problem.
   */
  void foreignOrigin(Handshake handshake) {
    log.warn(
        "Refused a page of origin '{}', Host '{}': if it is yours, allow its origin and host, or"
            + " let the proxy pass Host on",
        shortened(handshake.header("Origin")),
        shortened(handshake.header("Host")));
  }

  /** Logs once if a bound is set but has no effect. */
  void address(@Nullable String address, Handshake handshake) {
    boolean overHttp = !handshake.headers().isEmpty();
    if (address == null
        && overHttp
        && connectionsPerAddress > 0
        && toldOfNoAddress.compareAndSet(false, true)) {
      log.warn(
          "The address of a connection is not known, so connectionsPerAddress counts nobody: add"
              + " io.agentstream.jakarta.ClientAddressListener to the servlet context, or give the"
              + " hub a clientAddress");
    }
  }

  private static String shortened(@Nullable String header) {
    String text = String.valueOf(header);
    return text.substring(0, Math.min(text.length(), LONGEST));
  }
}
