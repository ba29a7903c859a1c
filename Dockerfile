# One image, four commands: web, worker, migrate, sandbox (see docker-compose.yml).
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && node bin/build-cli.mjs && node scripts/runtime-files.mjs /runtime

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
# For the sandbox alone, which keeps what is changed in it.
RUN install -d -o node -g node /data
# Code belongs to root and runs as an ordinary user: a process cannot change what it runs.
COPY --from=build --chown=root:root /runtime ./
USER node
EXPOSE 3000
CMD ["node", "bin/web.mjs"]
