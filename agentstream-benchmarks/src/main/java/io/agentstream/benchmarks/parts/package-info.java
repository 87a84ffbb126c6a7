/** What each part of the way of a token costs, measured with JMH inside one process. */
@NullMarked
package io.agentstream.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
