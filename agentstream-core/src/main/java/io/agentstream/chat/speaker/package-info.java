/**
 * Speaker selection. A {@link io.agentstream.chat.speaker.SpeakerSelector} is called before each
 * step and returns a {@link io.agentstream.chat.speaker.Selection}. Its static methods create the
 * selectors of this library.
 */
@NullMarked
package io.agentstream.chat.speaker;

import org.jspecify.annotations.NullMarked;
