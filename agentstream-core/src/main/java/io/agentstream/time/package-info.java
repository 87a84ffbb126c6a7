/**
 * The clock that all code here uses for the time and for alarms, so that tests can control it, and
 * the batches of events that arrive at once.
 */
@NullMarked
package io.agentstream.time;

import org.jspecify.annotations.NullMarked;
