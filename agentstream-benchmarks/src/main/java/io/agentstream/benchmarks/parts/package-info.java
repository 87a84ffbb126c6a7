/** The parts of a token's way, each measured alone with JMH. */
@NullMarked
package io.agentstream.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
