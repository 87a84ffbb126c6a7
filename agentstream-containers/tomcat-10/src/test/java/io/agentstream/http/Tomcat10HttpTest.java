package io.agentstream.http;

class Tomcat10HttpTest extends TomcatHttpTest {}
