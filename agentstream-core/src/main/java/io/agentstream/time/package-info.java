/**
 * When things happen: the one clock that everything here reads and sets alarms on, so that tests
 * can hold it, and what comes at once.
 */
@NullMarked
package io.agentstream.time;

import org.jspecify.annotations.NullMarked;
