package io.agentstream.examples.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers that an export failed. OpenTelemetry logs it too, but through {@code
 * java.util.logging}, which the JVM silences as soon as the process begins to end.
 */
final class WatchedExporter implements SpanExporter {

  private final SpanExporter exporter;
  private final AtomicBoolean failed;

  /**
   * @param failed is set when an export has failed
   */
  WatchedExporter(SpanExporter exporter, AtomicBoolean failed) {
    this.exporter = exporter;
    this.failed = failed;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          if (!result.isSuccess()) {
            failed.set(true);
          }
        });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  @Override
  public String toString() {
    return exporter.toString();
  }
}
