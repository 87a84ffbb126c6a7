package io.agentstream.spring;

class JettyApplication4Test extends JettyApplicationTest {}
