package io.agentstream.http.door;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the defects that end calls, under the name of the door. */
final class Defects {

  private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);

  private Defects() {}

  /** Logs a defect without the text of the exception, which may quote what the client has sent. */
  static void log(Throwable failure) {
    Throwable shown = new Throwable(failure.getClass().getName());
    shown.setStackTrace(failure.getStackTrace());
    log.error("A request failed by a defect", shown);
  }
}
