package io.agentstream.spring;

class UndertowApplicationTest extends ApplicationContract {
  UndertowApplicationTest() {
    super("undertowServletWebServerFactory");
  }
}
