/** The compared servers in Java. */
@NullMarked
package io.agentstream.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
