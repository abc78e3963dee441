# One node of Huddle. Build: docker build -t huddle . – run: docker run -p 3000:3000 -v huddle:/data huddle
FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client/package.json client/
COPY rig/package.json rig/
COPY bench/package.json bench/
COPY e2e/package.json e2e/

FROM packages AS build
RUN npm ci
COPY . .
RUN npm run build

FROM packages AS runtime
RUN npm ci --omit=dev --workspace server

FROM node:22-bookworm-slim
ENV NODE_ENV=production HUDDLE_DATA=/data
WORKDIR /app
COPY --from=runtime /app/node_modules node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/server/package.json server/
COPY --from=build /app/server/dist server/dist
COPY --from=build /app/client/dist client/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "server/dist/main.js"]
