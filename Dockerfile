# The bot in a small image: packages are built in the first stage, the second holds no compiler and no pip.
FROM python:3.11-slim AS packages
# WITH=asyncpg adds PostgreSQL: docker build --build-arg WITH=asyncpg .
ARG WITH=
COPY requirements.txt .
RUN python -m venv --without-pip /venv \
    && pip install --no-cache-dir --require-hashes --prefix /venv -r requirements.txt \
    && if [ -n "$WITH" ]; then pip install --no-cache-dir --prefix /venv $WITH; fi

FROM python:3.11-slim
RUN useradd --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin greenlit
COPY --from=packages /venv /venv
WORKDIR /app
COPY bot bot
COPY cogs cogs
COPY migrations migrations
RUN /venv/bin/python -m compileall -q bot cogs migrations
ENV PYTHONUNBUFFERED=1 \
    GREENLIT_DATABASE__URL=sqlite:////data/greenlit.db \
    GREENLIT_HTTP__BIND=0.0.0.0:8080
USER greenlit
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["/venv/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["/venv/bin/python", "-m", "bot"]
CMD ["run"]
