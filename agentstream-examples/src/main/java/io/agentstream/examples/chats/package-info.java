/**
 * Small chats to run and to copy from, one a file: {@code java -cp agentstream-server.jar
 * io.agentstream.examples.chats.Debate}. They talk through the model server of the environment
 * variables that the reference server reads.
 */
@NullMarked
package io.agentstream.examples.chats;

import org.jspecify.annotations.NullMarked;
