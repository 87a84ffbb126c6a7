package io.agentstream.spring;

class Sample4Test extends SampleTest {}
