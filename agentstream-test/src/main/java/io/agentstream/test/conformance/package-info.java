/**
 * Tests a server of the protocol from outside: {@link
 * io.agentstream.test.conformance.ConformanceSuite} needs only its URL.
 */
@NullMarked
package io.agentstream.test.conformance;

import org.jspecify.annotations.NullMarked;
