/** The event-driven HTTP client that model calls go through. */
@NullMarked
package io.agentstream.upstream;

import org.jspecify.annotations.NullMarked;
