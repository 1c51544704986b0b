# Bulletin in a container: raw reports and the warehouse live in the volume /data, the program in /opt/bulletin.
#
#   docker build -t bulletin .
#   docker run --rm -v "$PWD/data:/data" bulletin                       ingests /data/raw
#   docker run --rm -v "$PWD/data:/data" bulletin query "FROM series LIMIT 5"
FROM python:3.12-slim

ENV PATH=/opt/bulletin/bin:$PATH \
    VIRTUAL_ENV=/opt/bulletin \
    PYTHONDONTWRITEBYTECODE=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    DO_NOT_TRACK=1

WORKDIR /app
# Locked dependencies first: they change less often than the program.
COPY locks ./locks
RUN python -m venv /opt/bulletin && \
    pip install -q --disable-pip-version-check --no-cache-dir --require-hashes -r locks/uv.txt && \
    uv pip install -q --no-cache --compile-bytecode --require-hashes -r locks/run.txt -r locks/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY bulletin ./bulletin
COPY schemas ./schemas
COPY flows ./flows
COPY warehouse ./warehouse
RUN uv pip install -q --no-cache --no-deps --no-build-isolation --compile-bytecode .

# Whoever runs it may name another user (`--user`); nobody needs root.
RUN useradd --uid 1000 --create-home bulletin && mkdir /data && chown bulletin /data
USER bulletin
VOLUME /data
WORKDIR /data
ENV BULLETIN_WAREHOUSE=/data/warehouse/bulletin.duckdb \
    PREFECT_HOME=/data/.prefect
ENTRYPOINT ["bulletin"]
CMD ["ingest", "raw"]
