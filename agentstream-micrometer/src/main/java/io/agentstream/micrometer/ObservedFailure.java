package io.agentstream.micrometer;

import io.agentstream.event.ErrorCode;
import io.micrometer.observation.Observation;

/** A failure as handlers of observations see it: its code alone, without a text or a stack. */
final class ObservedFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private ObservedFailure(String code) {
    super(code, null, false, false);
  }

  /** Marks an observation as failed. */
  static void mark(Observation failed, ErrorCode code) {
    String name = ObservationNames.nameOf(code);
    failed.lowCardinalityKeyValue(ObservationNames.CODE, name);
    failed.error(new ObservedFailure(name));
  }
}
