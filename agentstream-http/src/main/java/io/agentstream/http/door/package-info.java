/**
 * The front that every format over HTTP shares. {@link io.agentstream.http.door.HttpDoor} is a
 * servlet that admits a request: it checks origins, reads the body within its bound, and answers
 * errors. {@link io.agentstream.http.door.HttpCall} is one admitted request, and {@link
 * io.agentstream.http.door.HttpViewer} writes its response in a format of its own. A format needs
 * one class for each.
 *
 * <p>No thread waits for a client, for a model or for a hub.
 */
@NullMarked
package io.agentstream.http.door;

import org.jspecify.annotations.NullMarked;
