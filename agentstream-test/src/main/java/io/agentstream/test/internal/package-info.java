/**
 * Nodes that share their conversations in memory, for the project's own tests. Not for
 * applications; changes without notice.
 */
@NullMarked
package io.agentstream.test.internal;

import org.jspecify.annotations.NullMarked;
