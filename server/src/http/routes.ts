/** All HTTP doors of a node, in the order in which a request meets them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import manifest from '../../package.json' with { type: 'json' };
import { accidents, onlyMethods, refuse } from './answer.ts';
import { assets } from './assets.ts';
import { backupRoutes } from './backup.ts';
import { boardRoutes } from './boards.ts';
import { readBuiltClient, type BuiltClient } from './built-client.ts';
import { calendarRoutes } from './calendar.ts';
import { readyFile, sendFile } from './file.ts';
import { healthRoutes } from './health.ts';
import { listRoutes } from './lists.ts';
import { openApi } from './openapi.ts';
import { meRoutes } from './me.ts';
import { moveRoutes } from './move.ts';
import { pageRoutes } from './page.ts';
import { isEncrypted, isSecure, type HttpParts } from './parts.ts';
import { passkeyRoutes } from './passkey.ts';
import { pictureRoutes } from './picture.ts';
import { createSearch } from './search.ts';
import { sessionRoutes } from './sessions.ts';

const YEAR_S = 31_536_000;

/** X7. No `upgrade-insecure-requests` and no HSTS on plain http: phones reach a venue's own network without certificates (C6). */
const security = (allowed: BuiltClient['allowed'] = { styles: [], scripts: [] }): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...allowed.scripts],
        styleSrc: ["'self'", ...allowed.styles],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    // A page with this policy needs a process of its own, begun when its answer is there: 0.1 s and more of a weak phone, before anything
    // is seen (P10). It would keep from who opened us what there is none of: frames to count, messages that we listen to.
    crossOriginOpenerPolicy: false,
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });

const onlyHttps =
  (parts: HttpParts): RequestHandler =>
  (request, response, next) => {
    if (isSecure(parts, request)) response.set('Strict-Transport-Security', `max-age=${YEAR_S}`);
    next();
  };

/** X1: whoever writes comes from a page of ours, or shows a token. */
const knownOrigin =
  ({ origins }: HttpParts): RequestHandler =>
  (request, response, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || origins.allows(request.headers, isEncrypted(request))) next();
    else
      refuse(response, { code: 'forbidden', message: 'Origin must be this host or one of HUDDLE_ORIGINS; programs show a bearer token.' });
  };

export const createRoutes = (parts: HttpParts): express.Express => {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple').set('case sensitive routing', true);
  const { client: folder } = parts;
  const client = folder !== undefined && existsSync(join(folder, 'index.html')) ? readBuiltClient(folder) : undefined;
  app.use(parts.metrics.requests, security(client?.allowed), onlyHttps(parts), knownOrigin(parts));

  const description = readyFile('application/json', JSON.stringify(openApi(manifest.version)));
  app
    .route('/api/openapi.json')
    .get((request, response) => sendFile(request, response, description, 'public, max-age=300'))
    .all(onlyMethods('GET'));
  app.use(healthRoutes(parts));
  app.use('/api/session', sessionRoutes(parts));
  const search = createSearch(parts);
  const [move, passkey] = [moveRoutes(parts, search), passkeyRoutes(parts, search)];
  app.use('/api/me/move', move.mine).use('/api/move', move.anybodys);
  app.use('/api/me/passkeys', passkey.mine).use('/api/passkey', passkey.anybodys);
  app.use('/api/me', meRoutes(parts));
  app.use('/api/backup', backupRoutes(parts));
  const pushKey = readyFile('application/json', JSON.stringify({ key: parts.pushKey }));
  app
    .route('/api/push')
    .get((request, response) => sendFile(request, response, pushKey, 'public, max-age=300'))
    .all(onlyMethods('GET'));
  app.use('/api/boards', boardRoutes(parts), listRoutes(parts));
  app.use('/api', (_request, response) => refuse(response, { code: 'notFound', message: 'See /api/openapi.json.' }));
  app.use(calendarRoutes(parts), pictureRoutes(parts));

  if (folder !== undefined && client !== undefined) app.use(assets(folder), pageRoutes(parts, client));
  app.use((_request, response) => refuse(response, { code: 'notFound' }));
  app.use(accidents(parts.log));
  return app;
};
