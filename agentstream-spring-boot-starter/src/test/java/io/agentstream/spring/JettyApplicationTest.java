package io.agentstream.spring;

class JettyApplicationTest extends ApplicationContract {
  JettyApplicationTest() {
    super("jettyServletWebServerFactory");
  }
}
