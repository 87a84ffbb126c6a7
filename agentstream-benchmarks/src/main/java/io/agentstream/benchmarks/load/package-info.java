/** The load comparison: a model server, a crowd of viewers, and the servers between them. */
@NullMarked
package io.agentstream.benchmarks.load;

import org.jspecify.annotations.NullMarked;
