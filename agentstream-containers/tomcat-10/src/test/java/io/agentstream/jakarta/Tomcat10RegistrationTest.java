package io.agentstream.jakarta;

class Tomcat10RegistrationTest extends TomcatRegistrationTest {}
