/** What operators and their machines ask. */
import { Router } from 'express';
import type { HttpParts } from './parts.ts';

export const healthRoutes = ({ health, ready, staying, metrics }: HttpParts): Router => {
  const router = Router();
  router.use(['/healthz', '/readyz', '/metrics'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  /** The process answers. */
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true, durability: health().durability });
  });

  /** It may be sent people: the store answers, and the node is not about to leave. */
  router.get('/readyz', async (_request, response) => {
    const leaving = !staying();
    const isReady = !leaving && (await ready());
    response.status(isReady ? 200 : 503).json({ ready: isReady, leaving, ...health() });
  });

  router.get('/metrics', async (_request, response) => {
    const text = await metrics.registry.metrics();
    response.set('Content-Type', metrics.registry.contentType).send(text);
  });

  return router;
};
