# syntax=docker/dockerfile:1

# Builds on the builder's own architecture for the one asked for.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
# .git comes along so that the binary knows its version.
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags='-s -w' -o /out/rancak ./cmd/rancak
RUN mkdir /out/tmp

FROM scratch
# For connections to a database that show a certificate.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
# Large uploads and downloads pass through temporary files.
COPY --from=build --chmod=1777 /out/tmp /tmp
COPY --from=build /out/rancak /rancak
# Nobody in particular; the image holds no user database.
USER 65532:65532
# There is no PostgreSQL in here: DATABASE_URL must be set.
ENV RANCAK_ADDR=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["/rancak", "health"]
ENTRYPOINT ["/rancak"]
CMD ["serve"]
