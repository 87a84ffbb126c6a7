package io.agentstream.spring;

class TomcatApplicationTest extends ApplicationContract {
  TomcatApplicationTest() {
    super("tomcatServletWebServerFactory");
  }
}
