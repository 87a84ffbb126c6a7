/**
 * Small chats to run and to copy, one in each file: {@code java -cp agentstream-server.jar
 * io.agentstream.examples.chats.Debate}. They use the model server from the environment variables
 * that the reference server reads.
 */
@NullMarked
package io.agentstream.examples.chats;

import org.jspecify.annotations.NullMarked;
