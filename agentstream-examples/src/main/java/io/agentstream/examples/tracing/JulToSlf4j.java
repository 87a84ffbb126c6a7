package io.agentstream.examples.tracing;

import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Brings what OpenTelemetry logs into the server's log, in the format of that. */
final class JulToSlf4j {

  private JulToSlf4j() {}

  static void install() {
    // Its own handler would write on the standard error beside.
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
  }
}
