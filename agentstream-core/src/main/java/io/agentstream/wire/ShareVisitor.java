package io.agentstream.wire;

import io.agentstream.event.Author;
import java.time.Instant;

/**
 * A person with a name who came by a link.
 *
 * @param author the person, as others see them
 * @param cameAt when the person last came
 */
public record ShareVisitor(Author author, Instant cameAt) {}
