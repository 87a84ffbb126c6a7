# The reference server. Build the jar first: mvn -q -DskipTests package
#   docker build -t agentstream .
#   docker run --rm -p 127.0.0.1:8080:8080 -v agentstream:/data -e OPENAI_API_KEY -e AGENTSTREAM_TOKENS agentstream
# The server listens on all addresses of the container, so it does not start without tokens.
FROM eclipse-temurin:17-jre

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin agentstream
COPY agentstream-examples/target/agentstream-server.jar /app/agentstream-server.jar
# An archive of the loaded classes saves two fifths of the start time. The server also starts without the file.
RUN timeout -s TERM 15 java -XX:+UseG1GC -XX:ArchiveClassesAtExit=/app/agentstream-server.jsa \
      -jar /app/agentstream-server.jar --port 0 --in-memory >/dev/null 2>&1 || true
# The conversations are kept in /data/agentstream-data: mount a volume there to keep them beyond the container.
RUN mkdir /data && chown 10001 /data
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 8080

HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

# Without a word the JVM takes the serial collector in a small container, and its full collections stop every stream.
# exec form, so that the server itself receives the SIGTERM of docker stop and drains.
# After an OutOfMemoryError it is unknown what still works, so the process exits and Docker's restart policy restarts it.
ENTRYPOINT ["java", "-XX:+UseG1GC", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-XX:SharedArchiveFile=/app/agentstream-server.jsa", \
  "-jar", "/app/agentstream-server.jar", "--host", "0.0.0.0"]
