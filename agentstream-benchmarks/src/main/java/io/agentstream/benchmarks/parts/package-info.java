/** Measures the cost of each part of a token's way, with JMH inside one process. */
@NullMarked
package io.agentstream.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
