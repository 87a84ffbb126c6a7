/** Serves the journal and what counts for it; not for applications, it changes without notice. */
@NullMarked
package io.agentstream.journal.internal;

import org.jspecify.annotations.NullMarked;
