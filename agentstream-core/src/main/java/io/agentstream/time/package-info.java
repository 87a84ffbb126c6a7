/** The one clock that everything here reads and sets alarms on, so that tests can hold it. */
@NullMarked
package io.agentstream.time;

import org.jspecify.annotations.NullMarked;
