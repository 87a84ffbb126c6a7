/**
 * Pieces that agentstream's own packages share. An application must not use them: they change
 * without notice.
 */
@NullMarked
package io.agentstream.internal;

import org.jspecify.annotations.NullMarked;
