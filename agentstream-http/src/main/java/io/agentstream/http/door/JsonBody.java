package io.agentstream.http.door;

import io.agentstream.event.ErrorCode;
import io.agentstream.http.door.HttpCall.BodyReader;
import io.agentstream.internal.UserCode;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON body of one call. */
final class JsonBody implements RequestBody.Owner {

  private static final String JSON = "application/json";

  private final HttpCall call;
  private final HttpServletRequest request;
  private final RequestRest rest;
  private final int maxBytes;
  private final BodyReader then;

  JsonBody(
      HttpCall call, HttpServletRequest request, RequestRest rest, int maxBytes, BodyReader then) {
    this.call = call;
    this.request = request;
    this.rest = rest;
    this.maxBytes = maxBytes;
    this.then = then;
  }

  void read() {
    long length = request.getContentLengthLong();
    if (call.header("Content-Encoding") != null || !hasJson(length > 0)) {
      call.refuse(HttpProblem.notJson());
    } else if (length > maxBytes) {
      call.refuse(HttpProblem.tooLarge(maxBytes));
    } else if (length == 0) {
      pass("");
    } else {
      // Without a length there may be a body, which only reading shows: HTTP/2 need not announce
      // it.
      readBody();
    }
  }

  /** A type that is sent must be right even without a body: a form of a foreign page sends one. */
  private boolean hasJson(boolean withBody) {
    String type = call.header("Content-Type");
    if (type == null) {
      return !withBody;
    }
    String[] parts = type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "").split(";", 2);
    return parts[0].equals(JSON)
        && (parts.length == 1 || parts[1].isEmpty() || parts[1].equals("charset=utf-8"));
  }

  private void readBody() {
    rest.markReadByAnother();
    try {
      ServletInputStream in = request.getInputStream();
      RequestBody body = new RequestBody(in, maxBytes, call.bodyPlace(), this);
      request.getAsyncContext().addListener(new CallWatch(body::release, body::release));
      in.setReadListener(body);
    } catch (IOException | RuntimeException e) {
      call.failed(e);
    }
  }

  private void pass(String text) {
    try {
      then.read(text);
    } catch (Throwable e) {
      UserCode.caught(e);
      call.failed(e);
    }
  }

  @Override
  public void read(@Nullable String text) {
    rest.markComplete();
    if (text == null) {
      call.refuse(HttpProblem.of(ErrorCode.INVALID_JSON, "The body is not UTF-8."));
    } else if (hasJson(!text.isEmpty())) {
      pass(text);
    } else {
      call.refuse(HttpProblem.notJson());
    }
  }

  @Override
  public void tooLarge(boolean complete) {
    if (complete) {
      rest.markComplete();
    }
    call.refuse(HttpProblem.tooLarge(maxBytes));
  }

  @Override
  public void noSpace() {
    rest.markDroppedByAnother();
    call.refuse(HttpProblem.noSpace());
  }

  @Override
  public void restComes() {
    rest.markComing();
  }

  @Override
  public void restDropped() {
    rest.markComplete();
  }

  @Override
  public void broken(Throwable cause) {
    call.end(false);
  }
}
