/**
 * Backups of a running server's folder: the command {@code backup} asks for one with a file in that
 * folder, and the server, which alone can read its database, writes it. Only an account that can
 * write in the folder can ask.
 */
@NullMarked
package io.agentstream.examples.backup;

import org.jspecify.annotations.NullMarked;
