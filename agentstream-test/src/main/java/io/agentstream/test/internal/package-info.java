/**
 * Pieces that tests of several modules share: nodes with one journal in memory, the heap in use, a
 * port that refuses. Not for applications; changes without notice.
 */
@NullMarked
package io.agentstream.test.internal;

import org.jspecify.annotations.NullMarked;
