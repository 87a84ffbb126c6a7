package io.agentstream.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Answers {@code POST /v1/chat/completions}. */
final class CompletionHandler extends Handler.Abstract.NonBlocking {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_REQUEST = 16 * 1024 * 1024;

  private final Script script;
  private final ScheduledExecutorService timer;
  private final AtomicLong answers = new AtomicLong();

  CompletionHandler(Script script, ScheduledExecutorService timer) {
    this.script = script;
    this.timer = timer;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!HttpMethod.POST.is(request.getMethod())
        || !Request.getPathInContext(request).equals("/v1/chat/completions")) {
      return false;
    }
    Content.Source.asByteArrayAsync(
        request,
        LONGEST_REQUEST,
        Promise.Invocable.from(
            InvocationType.NON_BLOCKING,
            body -> answer(body, response, callback),
            callback::failed));
    return true;
  }

  private void answer(byte[] body, Response response, Callback callback) {
    try {
      CompletionRequest request = CompletionRequest.parse(body);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
      new CompletionStream(
              request,
              new Answer(script.answer(request), script.call(request)),
              chunks(request),
              response,
              callback,
              timer)
          .start();
    } catch (CompletionRequest.Invalid e) {
      refuse(e, response, callback);
    } catch (RuntimeException e) {
      callback.failed(e);
    }
  }

  private Chunks chunks(CompletionRequest request) {
    String id = "chatcmpl-" + answers.incrementAndGet();
    return new Chunks(id, request.model(), System.currentTimeMillis() / 1000);
  }

  private static void refuse(
      CompletionRequest.Invalid reason, Response response, Callback callback) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("error")
        .put("message", reason.getMessage())
        .put("type", "invalid_request_error");
    response.setStatus(HttpStatus.BAD_REQUEST_400);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, UTF_8.encode(json.toString()), callback);
  }
}
