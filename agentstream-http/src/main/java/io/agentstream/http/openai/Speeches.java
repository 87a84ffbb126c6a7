package io.agentstream.http.openai;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one text of what several speakers say, even at the same time: the one who began first is
 * heard, and the others' words wait for their turn. Used by one thread at a time.
 */
final class Speeches {

  private static final String RESET = "The text above is void: the model was called again.";

  private final boolean names;
  private final Map<String, Speech> open = new LinkedHashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final StringBuilder heard = new StringBuilder();
  private boolean begun;

  /**
   * @param names true if each speech begins with its speaker's name
   */
  Speeches(boolean names) {
    this.names = names;
  }

  /** Begins a speaker. Does nothing if it has begun. */
  void begins(String messageId, String speaker) {
    if (!ended.contains(messageId)) {
      open.computeIfAbsent(messageId, id -> new Speech(speaker));
    }
  }

  /**
   * Adds to a speaker's text.
   *
   * @param offset the length of its text before
   */
  void says(String messageId, int offset, String text) {
    Speech speech = open.get(messageId);
    if (speech != null && offset <= speech.length && offset + text.length() > speech.length) {
      speech.add(text.substring(speech.length - offset));
      hear();
    }
  }

  /** Removes a speaker's text from {@code offset} on. */
  void takesBack(String messageId, int offset) {
    Speech speech = open.get(messageId);
    if (speech == null || offset >= speech.length) {
      return;
    }
    int heardBefore = speech.length - speech.waiting.length();
    if (offset >= heardBefore) {
      speech.waiting.setLength(offset - heardBefore);
    } else {
      speech.waiting.setLength(0);
      note(RESET);
      speech.marked = false;
    }
    speech.length = offset;
  }

  /** Ends a speaker, whose text is now complete. */
  void ends(String messageId, String fullText) {
    Speech speech = open.get(messageId);
    if (speech != null) {
      says(messageId, 0, fullText);
      speech.over = true;
      ended.add(messageId);
      hear();
    }
  }

  /** Adds a sentence that no speaker says, as a paragraph of its own. */
  void note(String sentence) {
    paragraph();
    heard.append(SpeakerMark.note(sentence));
    open.values().stream().findFirst().ifPresent(speech -> speech.marked = false);
  }

  /** Everybody has finished. */
  void endAll() {
    open.values().forEach(speech -> speech.over = true);
    hear();
  }

  /** Returns what has become audible since the last call, or null. */
  @Nullable String take() {
    if (heard.isEmpty()) {
      return null;
    }
    String text = heard.toString();
    heard.setLength(0);
    return text;
  }

  private void hear() {
    Iterator<Speech> speakers = open.values().iterator();
    boolean over = true;
    while (over && speakers.hasNext()) {
      Speech first = speakers.next();
      hear(first);
      over = first.over;
      if (over) {
        speakers.remove();
      }
    }
  }

  private void hear(Speech speech) {
    if (speech.waiting.isEmpty()) {
      return;
    }
    if (!speech.marked) {
      speech.marked = true;
      paragraph();
      if (names) {
        heard.append(SpeakerMark.of(speech.speaker));
      }
    }
    heard.append(SpeakerMark.stripped(speech.waiting.toString()));
    speech.waiting.setLength(0);
  }

  private void paragraph() {
    if (begun) {
      heard.append("\n\n");
    }
    begun = true;
  }

  /** The text of one message. */
  private static final class Speech {

    private final String speaker;
    private final StringBuilder waiting = new StringBuilder();
    private int length;
    private boolean marked;
    private boolean over;

    Speech(String speaker) {
      this.speaker = speaker;
    }

    void add(String text) {
      waiting.append(text);
      length += text.length();
    }
  }
}
