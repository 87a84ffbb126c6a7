/**
 * The commands of the protocol as REST, and conversations as server-sent events; {@code
 * docs/http.md} describes both for clients. {@link io.agentstream.http.rest.Routes} is the table of
 * all paths: a command is one row.
 */
@NullMarked
package io.agentstream.http.rest;

import org.jspecify.annotations.NullMarked;
