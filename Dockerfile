# The image of the web and worker processes. It holds no servers: PostgreSQL and Valkey are given by
# DATABASE_URL and REDIS_URL. There is no ENTRYPOINT, so that a release command replaces the whole command.
FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never PIP_ROOT_USER_ACTION=ignore
COPY requirements/tools.lock requirements/prod.lock /requirements/
RUN pip install --no-cache-dir --require-hashes --target /tools --requirement /requirements/tools.lock
RUN /tools/bin/uv venv /opt/venv \
 && /tools/bin/uv pip sync --no-cache --require-hashes --python /opt/venv/bin/python /requirements/prod.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home regulars
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ENVIRONMENT=production
WORKDIR /app
COPY pyproject.toml ./
COPY tenants ./tenants
COPY server ./server
COPY admin ./admin
COPY workers ./workers
USER regulars
EXPOSE 8080
CMD ["python", "-m", "uvicorn", "server.app:app", "--host", "0.0.0.0", "--port", "8080", "--no-access-log", "--no-proxy-headers", \
     "--timeout-graceful-shutdown", "20"]
