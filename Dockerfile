# The image: the program alone, with certificates and time zones, as a user without rights. Its only writable place is
# /work, where reports go; the rest may be mounted read only.
#
#   docker build --build-arg VERSION=v0.1.0 -t posthaste .
#   docker run --rm -v "$PWD:/work" posthaste run api.postman_collection.json -r cli,junit
FROM golang:1.26 AS build
ARG VERSION=dev
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /out/posthaste . \
 && mkdir -p /out/work && cp "$(go env GOROOT)/lib/time/zoneinfo.zip" /out/zoneinfo.zip

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/zoneinfo.zip /zoneinfo.zip
COPY --from=build /out/posthaste /posthaste
COPY --from=build --chown=65532:65532 /out/work /work
ENV ZONEINFO=/zoneinfo.zip HOME=/work TMPDIR=/work
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/posthaste"]
