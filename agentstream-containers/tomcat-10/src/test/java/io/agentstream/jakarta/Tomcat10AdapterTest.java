package io.agentstream.jakarta;

class Tomcat10AdapterTest extends TomcatAdapterTest {}
