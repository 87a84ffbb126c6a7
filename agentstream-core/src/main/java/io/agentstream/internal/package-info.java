/**
 * Classes that agentstream's own packages share. Applications must not use them; they change
 * without notice.
 */
@NullMarked
package io.agentstream.internal;

import org.jspecify.annotations.NullMarked;
