package io.agentstream.examples.terminal;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.InputRequested;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Passes typed answers on to a conversation's questions. It reads on a thread of its own, because a
 * read cannot be cancelled and the end of the conversation must not wait for it.
 */
final class Answers {

  /** The outcomes after which the question still waits for an answer. */
  private static final Set<SteeringOutcome> STILL_OPEN =
      EnumSet.of(SteeringOutcome.INVALID, SteeringOutcome.LIMIT_EXCEEDED);

  private final BufferedReader input;
  private final BlockingQueue<InputRequested> questions = new LinkedBlockingQueue<>();

  Answers(InputStream input) {
    this.input = new BufferedReader(new InputStreamReader(input, Charset.defaultCharset()));
  }

  /**
   * Begins to answer the questions of this conversation.
   *
   * @param printer hears how each answer was taken
   */
  void begin(Conversation conversation, Printer printer) {
    Thread thread = new Thread(() -> answerAll(conversation, printer), "agentstream-answers");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers this question with the next line; the one before it no longer waits for a line. */
  void expect(InputRequested question) {
    questions.add(question);
  }

  private void answerAll(Conversation conversation, Printer printer) {
    try {
      InputRequested question = questions.take();
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        question = newest(question);
        SteeringOutcome outcome = conversation.input(question.requestId(), line.strip()).join();
        printer.answered(outcome);
        if (!STILL_OPEN.contains(outcome)) {
          question = questions.take();
        }
      }
      conversation.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the question on the screen, even if the read began with another one. */
  private InputRequested newest(InputRequested question) {
    InputRequested newest = question;
    for (InputRequested next = questions.poll(); next != null; next = questions.poll()) {
      newest = next;
    }
    return newest;
  }
}
