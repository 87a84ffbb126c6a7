package io.agentstream.examples.terminal;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.InputRequested;
import io.agentstream.event.StreamListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Passes typed answers on to a conversation's questions. It reads on a thread of its own, because a
 * read cannot be cancelled and the end of the conversation must not wait for it.
 */
final class Answers implements StreamListener {

  private final BufferedReader input;
  private final Screen screen;
  private final BlockingQueue<InputRequested> questions = new LinkedBlockingQueue<>();

  Answers(InputStream input, Screen screen) {
    this.input = new BufferedReader(new InputStreamReader(input, Charset.defaultCharset()));
    this.screen = screen;
  }

  /** Begins to answer the questions of this conversation. */
  void begin(Conversation conversation) {
    Thread thread = new Thread(() -> answerAll(conversation), "agentstream-answers");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void onInputRequested(InputRequested event) {
    questions.add(event);
  }

  private void answerAll(Conversation conversation) {
    try {
      while (answer(questions.take(), conversation)) {
        // Until the end of the input.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answer(InputRequested question, Conversation conversation) throws IOException {
    screen.print("\n");
    Paragraph asked = new Paragraph(screen, 0);
    asked.write(question.prompt() + "\n");
    if (question.choices() != null) {
      asked.write(String.join(" / ", question.choices()) + "\n");
    }
    SteeringOutcome outcome = SteeringOutcome.INVALID;
    while (outcome == SteeringOutcome.INVALID) {
      screen.print("> ");
      String line = input.readLine();
      if (line == null) {
        conversation.stop();
        return false;
      }
      outcome = conversation.input(question.requestId(), line.strip()).join();
      explain(outcome);
    }
    return true;
  }

  private void explain(SteeringOutcome outcome) {
    if (outcome == SteeringOutcome.INVALID) {
      screen.print("Please type one of the choices.\n");
    } else if (outcome != SteeringOutcome.ACCEPTED) {
      screen.print("The conversation does not wait for this any more.\n");
    }
  }
}
