package io.agentstream.viewer.internal;

import io.agentstream.internal.UserCode;
import io.agentstream.viewer.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names an adapter's transport that takes long. A failure is the business of its caller. */
final class MeasuredTransport implements Transport {

  private final Transport transport;
  private final UserCode userCode;

  private MeasuredTransport(Transport transport, UserCode userCode) {
    this.transport = transport;
    this.userCode = userCode;
  }

  /** Returns the transport itself if it is the library's own, so that a frame costs no more. */
  static Transport of(Transport transport, UserCode userCode) {
    return UserCode.isOurs(transport) ? transport : new MeasuredTransport(transport, userCode);
  }

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    long began = userCode.now();
    try {
      transport.send(message, onSent);
    } finally {
      userCode.took(transport, began);
    }
  }

  @Override
  public void ping() {
    long began = userCode.now();
    try {
      transport.ping();
    } finally {
      userCode.took(transport, began);
    }
  }

  @Override
  public void close(int code, String reason) {
    long began = userCode.now();
    try {
      transport.close(code, reason);
    } finally {
      userCode.took(transport, began);
    }
  }
}
