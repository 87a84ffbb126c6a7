package io.agentstream.chat;

import io.agentstream.time.ChatClock.Alarm;

/** Represents what a turn is waiting for. */
sealed interface TurnPhase {

  /** Cancels what the turn is waiting for. */
  void stop();

  /** The agent's view is being prepared, and its tools are being listed. */
  record Preparing() implements TurnPhase {
    @Override
    public void stop() {}
  }

  /** The model is answering. */
  record Calling(ModelCall call) implements TurnPhase {
    @Override
    public void stop() {
      call.cancel();
    }
  }

  /** The tools that the model asked for are running. */
  record UsingTools(ToolRound tools) implements TurnPhase {
    @Override
    public void stop() {
      tools.cancel();
    }
  }

  /** The model has failed and is called again later. */
  record WaitingToRetry(Alarm alarm) implements TurnPhase {
    @Override
    public void stop() {
      alarm.cancel();
    }
  }

  /** The turn has ended. */
  record Over() implements TurnPhase {
    @Override
    public void stop() {}
  }
}
