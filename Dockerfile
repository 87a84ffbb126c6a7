# The reference server. Build the jar first: mvn -q -DskipTests package
#   docker build -t agentstream .
#   docker run --rm -p 127.0.0.1:8080:8080 -e OPENAI_API_KEY -e AGENTSTREAM_TOKENS agentstream
# It listens at all of the container's addresses, so it does not start without tokens.
FROM eclipse-temurin:17-jre

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin agentstream
COPY agentstream-examples/target/agentstream-server.jar /app/agentstream-server.jar
# What the JVM keeps of the loaded classes takes two fifths off the time to start; without the file it starts all the same.
RUN timeout -s TERM 15 java -XX:ArchiveClassesAtExit=/app/agentstream-server.jsa \
      -jar /app/agentstream-server.jar --port 0 >/dev/null 2>&1 || true
USER 10001
EXPOSE 8080

HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

# exec form: the server itself gets the SIGTERM of docker stop, and drains.
# After an OutOfMemoryError nobody knows what still works: the process ends, and Docker's restart policy starts another.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-XX:SharedArchiveFile=/app/agentstream-server.jsa", \
  "-jar", "/app/agentstream-server.jar", "--host", "0.0.0.0"]
