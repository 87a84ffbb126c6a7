/**
 * Who speaks next. {@link io.agentstream.chat.speaker.SpeakerSelector} is asked before each step
 * and answers with a {@link io.agentstream.chat.speaker.Selection}; the kinds that come with the
 * library are made by its static methods.
 */
@NullMarked
package io.agentstream.chat.speaker;

import org.jspecify.annotations.NullMarked;
