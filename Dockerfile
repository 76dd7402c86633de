# Pado as an image: docker build -t pado . (settings: docs/operations.md; a whole installation: compose.yaml)
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY src/main ./src/main
COPY client/src ./client/src
RUN mvn -B -ntp -q package -Dmaven.test.skip=true -Dpado.client.skip=true
# The WAR is taken apart here: the running server may write nothing where it is installed.
RUN server=target/liberty/wlp/usr/servers/pado \
    && rm -f "$server/server.env" \
    && rm -rf "$server/workarea" "$server/logs" "$server/apps" \
    && mkdir -p "$server/apps/pado.war" \
    && cd "$server/apps/pado.war" \
    && jar --extract --file /build/target/pado.war

FROM eclipse-temurin:25-jre
COPY --from=build /build/target/liberty/wlp /opt/pado/wlp
COPY --chmod=755 container/start container/healthy /opt/pado/
# The only place where it writes. Whatever user id it is given, its group is 0.
RUN mkdir -p /var/pado && chgrp 0 /var/pado && chmod g=u,g+w /var/pado
ENV PADO_HTTP_HOST=* \
    PADO_WORK=/var/pado
VOLUME /var/pado
EXPOSE 9080
USER 1001:0
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["/opt/pado/healthy"]
ENTRYPOINT ["/opt/pado/start"]
