package io.agentstream.upstream.openai;

import static io.agentstream.upstream.openai.ModelServerFixture.event;
import static io.agentstream.upstream.openai.ModelServerFixture.stream;
import static io.agentstream.upstream.openai.ModelServerFixture.text;
import static io.agentstream.upstream.openai.NoAnswerTest.page;

import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Failures inside a 2xx in the words of gateways, clouds and other protocols. */
final class OtherFailures {

  private OtherFailures() {}

  static Stream<Arguments> answers() {
    String secret = "canary of the server";
    return Stream.of(
        of(
            "problem details",
            page(
                "application/problem+json",
                "{\"type\":\"about:blank\",\"status\":503,\"detail\":\"" + secret + "\"}"),
            ErrorCause.OVERLOADED),
        of(
            "Apigee's fault",
            page("application/json", "{\"fault\":{\"faultstring\":\"" + secret + "\"}}"),
            ErrorCause.SERVER_ERROR),
        of(
            "AWS's Message",
            page("application/json", "{\"Message\":\"Too many requests\"}"),
            ErrorCause.RATE_LIMIT),
        of(
            "a failed response",
            stream(
                event(
                    "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"rate_limit_exceeded\"}}}")),
            ErrorCause.RATE_LIMIT),
        of(
            "an envelope without a choice",
            stream(
                event("{\"code\":10013,\"message\":\"quota exceeded\",\"data\":{\"choices\":[]}}")),
            ErrorCause.QUOTA),
        of(
            "One API's quota",
            stream(event("{\"error\":{\"code\":\"insufficient_user_quota\"}}")),
            ErrorCause.QUOTA),
        of(
            "DashScope's filter",
            stream("event:error\ndata:{\"code\":\"DataInspectionFailed\",\"message\":\"x\"}\n\n"),
            ErrorCause.CONTENT_POLICY),
        of(
            "TGI's limit",
            stream(
                event(
                    "{\"error\":\"`inputs` tokens + `max_new_tokens` must be <="
                        + " 4096\",\"error_type\":\"validation\"}")),
            ErrorCause.CONTEXT_TOO_LONG),
        of(
            "Baidu's limit",
            stream(
                event("{\"error_code\":18,\"error_msg\":\"Open api qps request limit reached\"}")),
            ErrorCause.RATE_LIMIT),
        of(
            "an error in an envelope",
            stream(event("{\"data\":{\"error\":{\"code\":\"rate_limit\",\"message\":\"x\"}}}")),
            ErrorCause.RATE_LIMIT),
        of(
            "an error in the delta, before a usual end",
            stream(
                event("{\"choices\":[{\"delta\":{\"error\":{\"message\":\"overloaded\"}}}]}")
                    + event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")),
            ErrorCause.OVERLOADED),
        of(
            "Tencent's response",
            page(
                "application/json",
                "{\"Response\":{\"Error\":{\"Code\":\"X\",\"Message\":\"" + secret + "\"}}}"),
            ErrorCause.SERVER_ERROR),
        of(
            "iFlytek's header",
            stream(event("{\"header\":{\"code\":10013,\"message\":\"" + secret + "\"}}")),
            ErrorCause.SERVER_ERROR),
        of(
            "errcode and errmsg",
            page("application/json", "{\"errcode\":45009,\"errmsg\":\"rate limit\"}"),
            ErrorCause.RATE_LIMIT),
        of(
            "success that is false",
            page("application/json", "{\"success\":false,\"info\":\"" + secret + "\"}"),
            ErrorCause.SERVER_ERROR),
        of(
            "a model that loads",
            page("application/json", "{\"error\":\"Model x is currently loading\"}"),
            ErrorCause.OVERLOADED),
        of(
            "a page in an event in mid-answer",
            stream(text("Hel") + event("<html><h1>502 " + secret)),
            ErrorCause.SERVER_ERROR),
        of(
            "a page in mid-answer",
            stream(text("Hel") + "<!DOCTYPE html>\n<p>" + secret + "</p>\n"),
            ErrorCause.SERVER_ERROR));
  }

  private static Arguments of(String what, StubAnswer answer, ErrorCause cause) {
    return Arguments.of(what, answer, cause);
  }
}
