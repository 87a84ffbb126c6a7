/** Extensions of team files that the reference server brings along. */
@NullMarked
package io.agentstream.examples.extension;

import org.jspecify.annotations.NullMarked;
