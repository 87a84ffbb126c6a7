package io.agentstream.http;

class Tomcat10HttpBadInputTest extends TomcatHttpBadInputTest {}
