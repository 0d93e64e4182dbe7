# The one image of all processes: `docker run muster run presence`. Build it with `make image`.
# BASE needs Python 3.11 to 3.13 with venv, and CA certificates; the same one builds and runs.
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS web
WORKDIR /src
COPY requirements-build.lock requirements-node.lock ./
RUN python3 -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --no-deps --require-hashes \
      -r requirements-build.lock -r requirements-node.lock
ENV PATH=/src/.venv/bin:${PATH}
COPY gateway/web/package.json gateway/web/package-lock.json gateway/web/.npmrc gateway/web/
RUN npm --prefix gateway/web ci --no-audit --no-fund
COPY buf.yaml ./
COPY protos protos
COPY tools/setup/googleapis.sh tools/setup/
RUN bash tools/setup/googleapis.sh
COPY gateway/web gateway/web
RUN npm --prefix gateway/web run gen && npm --prefix gateway/web run build

FROM ${BASE} AS program
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python3 -m venv /opt/muster \
 && /opt/muster/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock \
 && python3 -m venv /opt/build \
 && /opt/build/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY gen gen
COPY chassis chassis
COPY cli cli
COPY services services
COPY proof proof
COPY simulator simulator
COPY gateway gateway
RUN rm -rf gateway/web gateway/static
COPY --from=web /src/gateway/static gateway/static
RUN /opt/build/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/wheel . \
 && /opt/muster/bin/python -m pip install --no-deps /tmp/wheel/*.whl \
 && /opt/muster/bin/python -m pip uninstall --yes pip

FROM ${BASE}
COPY --from=program /opt/muster /opt/muster
# Nothing is written at run time: the root may be read-only.
ENV PATH=/opt/muster/bin:${PATH} PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp
USER 65532:65532
WORKDIR /
ENTRYPOINT ["/opt/muster/bin/muster"]
CMD ["--help"]
