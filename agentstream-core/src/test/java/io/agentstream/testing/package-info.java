/**
 * What tests stand on: {@link io.agentstream.testing.StubModelServer}, a model server that does
 * what it is told.
 */
@NullMarked
package io.agentstream.testing;

import org.jspecify.annotations.NullMarked;
