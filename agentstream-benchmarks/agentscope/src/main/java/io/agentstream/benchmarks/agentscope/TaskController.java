package io.agentstream.benchmarks.agentscope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscope.core.ReActAgent;
import io.agentscope.core.agent.RuntimeContext;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The paths of AgentScope's agent protocol, as far as the comparison needs them. */
@RestController
class TaskController {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReActAgent agent;
  private final EventLog log;

  TaskController(ReActAgent agent, EventLog log) {
    this.agent = agent;
    this.log = log;
  }

  @PostMapping("/tasks")
  Map<String, String> submit(@RequestBody Task task) {
    RuntimeContext context = RuntimeContext.builder().sessionId(task.task_id).build();
    agent.streamEvents(task.input, context)
        .subscribeOn(Schedulers.boundedElastic())
        .doFinally(signal -> log.complete(task.task_id))
        .subscribe(event -> log.publish(task.task_id, event), Throwable::printStackTrace);
    return Map.of("task_id", task.task_id, "status", "pending");
  }

  @GetMapping(value = "/tasks/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<String>> events(
      @PathVariable String id,
      @RequestParam(name = "from_seq", defaultValue = "0") long fromSeq,
      @RequestHeader(name = "Last-Event-ID", defaultValue = "0") long lastEventId) {
    return log.subscribe(id, Math.max(fromSeq, lastEventId)).map(TaskController::serverSent);
  }

  private static ServerSentEvent<String> serverSent(EventLog.Entry entry) {
    try {
      return ServerSentEvent.<String>builder()
          .id(String.valueOf(entry.seq()))
          .event(entry.event().getType().name())
          .data(JSON.writeValueAsString(entry.event()))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new task; its id is also that of its conversation. */
  record Task(String task_id, String input) {}
}
