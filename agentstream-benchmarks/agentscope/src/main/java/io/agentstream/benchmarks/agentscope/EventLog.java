package io.agentstream.benchmarks.agentscope;

import io.agentscope.core.event.AgentEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The events of running tasks, built like {@code AgentProtocolTaskEventBus} of AgentScope-Java
 * 2.0.2, whose artifact is not in Maven Central: a replaying sink for each task, which is removed
 * when the task has ended.
 */
final class EventLog {

  private final int replayBufferSize;
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();

  EventLog(int replayBufferSize) {
    this.replayBufferSize = replayBufferSize;
  }

  void publish(String task, AgentEvent event) {
    Channel channel = channel(task);
    channel.sink.tryEmitNext(new Entry(channel.seq.incrementAndGet(), event));
  }

  /** Returns the events after this one, as far as the buffer has them, and all later ones. */
  Flux<Entry> subscribe(String task, long fromSeq) {
    return channel(task).sink.asFlux().filter(entry -> entry.seq > fromSeq);
  }

  void complete(String task) {
    Channel channel = channels.remove(task);
    if (channel != null) {
      channel.sink.tryEmitComplete();
    }
  }

  private Channel channel(String task) {
    return channels.computeIfAbsent(task, id -> new Channel(replayBufferSize));
  }

  /** An event and its place. */
  record Entry(long seq, AgentEvent event) {}

  private record Channel(Sinks.Many<Entry> sink, AtomicLong seq) {
    Channel(int replayBufferSize) {
      this(Sinks.many().replay().limit(replayBufferSize), new AtomicLong());
    }
  }
}
