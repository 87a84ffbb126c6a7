/** The servers that are compared, those in Java. */
@NullMarked
package io.agentstream.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
