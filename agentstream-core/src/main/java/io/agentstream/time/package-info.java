/** The clock that all code here uses for the time and for alarms, so that tests can control it. */
@NullMarked
package io.agentstream.time;

import org.jspecify.annotations.NullMarked;
