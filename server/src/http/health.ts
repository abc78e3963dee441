/** What operators and their machines ask. */
import { Router } from 'express';
import type { HttpParts } from './parts.ts';

export const healthRoutes = ({ health, staying, metrics }: HttpParts): Router => {
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
  router.get('/readyz', (_request, response) => {
    const { reachable, durability } = health();
    const ready = reachable && staying();
    response.status(ready ? 200 : 503).json({ ready, store: reachable ? 'reachable' : 'away', leaving: !staying(), durability });
  });

  router.get('/metrics', async (_request, response) => {
    const text = await metrics.registry.metrics();
    response.set('Content-Type', metrics.registry.contentType).send(text);
  });

  return router;
};
