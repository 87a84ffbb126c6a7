package io.agentstream.viewer.internal;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.MessageReset;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.FrameEncoder;
import io.agentstream.wire.internal.OriginalFrames;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The original system's frames, for pages written for it: every token repeats the agent, the round
 * and the text so far, so a message costs the square of its length.
 */
final class OriginalDialect implements ConversationEncoder {

  private final Map<String, Shown> open = new HashMap<>();

  @Override
  public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
    open.clear();
    snapshot
        .content()
        .open()
        .forEach(
            answer ->
                open.put(
                    answer.messageId(),
                    new Shown(answer.agentName(), answer.round(), answer.content())));
    frames.accept(FrameEncoder.control(snapshot, millis, null));
  }

  @Override
  public void entry(JournalEntry entry, Consumer<String> frames) {
    ChatEvent event = entry.event();
    if (event instanceof StreamedText text) {
      tokens(entry, entry, text.token(), frames);
      return;
    }
    if (event instanceof SpeakerChange speaker) {
      open.put(speaker.messageId(), new Shown(speaker.agentName(), speaker.round(), ""));
    } else if (event instanceof MessageReset reset) {
      open.computeIfPresent(reset.messageId(), (id, answer) -> answer.reset(reset.offset()));
    } else if (event instanceof StreamingComplete complete) {
      open.remove(complete.messageId());
    }
    frames.accept(OriginalFrames.event(entry.conversationId(), entry.seq(), entry.millis(), event));
  }

  @Override
  public void tokens(JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
    frames.accept(tokens(first, last, text));
  }

  private String tokens(JournalEntry first, JournalEntry last, String text) {
    if (first.event() instanceof StreamingThinking thinking) {
      return OriginalFrames.event(
          last.conversationId(),
          last.seq(),
          last.millis(),
          new StreamingThinking(thinking.messageId(), thinking.offset(), text));
    }
    StreamingToken token = (StreamingToken) first.event();
    Shown answer = open.computeIfAbsent(token.messageId(), id -> new Shown("", 0, ""));
    answer.text.append(text);
    return OriginalFrames.token(
        last.conversationId(),
        last.seq(),
        last.millis(),
        token.messageId(),
        answer.agentName,
        answer.round,
        text,
        answer.text.toString());
  }

  private static final class Shown {
    private final String agentName;
    private final int round;
    private final StringBuilder text;

    Shown(String agentName, int round, String text) {
      this.agentName = agentName;
      this.round = round;
      this.text = new StringBuilder(text);
    }

    Shown reset(int offset) {
      text.setLength(offset);
      return this;
    }
  }
}
