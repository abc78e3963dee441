/** What the node counts, for Prometheus. Labels are closed lists: never a name, a board or a path. */
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../live/meter.ts';

export interface Metrics {
  readonly registry: Registry;
  /** Counts each request with its time. */
  readonly requests: RequestHandler;
  /** Registers a number that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void;
}

/** What the live half's meter holds beside the commands: how it is called here, and where it stands. */
const COUNTED: readonly (readonly [name: string, help: string, read: (meter: Meter) => number])[] = [
  ['huddle_conflicts_total', 'Commits that another node was ahead of.', (meter) => meter.conflicts],
  ['huddle_forks_total', 'Times that the store had lost history.', (meter) => meter.forks],
  ['huddle_views_encoded_total', 'Views encoded.', (meter) => meter.encoded],
  ['huddle_frames_sent_total', 'Frames written to sockets.', (meter) => meter.sent],
  ['huddle_frames_sent_by_emit_total', 'Frames that could not go the short way.', (meter) => meter.sentByEmit],
  ['huddle_sockets_lagged_total', 'Times that a socket fell behind.', (meter) => meter.lagged],
  ['huddle_ticks_failed_total', 'Ticks in which something threw.', (meter) => meter.ticksFailed],
  ['huddle_handshakes_refused_total', 'Handshakes told to come back.', (meter) => meter.refusedHandshakes],
  ['huddle_resumes_total', 'Sockets that caught up.', (meter) => meter.resumes.change],
  ['huddle_start_overs_total', 'Sockets that had to start over.', (meter) => meter.resumes.startOver],
];

const routeOf = (route: unknown): string =>
  typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string' ? route.path : 'other';

/** A counter whose value lives elsewhere. */
const mirror = (registry: Registry, name: string, help: string, read: () => number): void => {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
};

/** A registry of its own for each app, so that several can live in one process. */
export const createMetrics = (meter: Meter): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const [name, help, read] of COUNTED) mirror(registry, name, help, () => read(meter));
  for (const distribution of [meter.commitSeconds, meter.commitBatch, meter.tickLag, meter.changeToSocket])
    registry.registerMetric(distribution);
  new Counter({
    name: 'huddle_commands_total',
    help: 'Commands by type and outcome.',
    labelNames: ['type', 'outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [key, count] of meter.commands) {
        const [type = '', outcome = ''] = key.split(' ');
        this.inc({ type, outcome }, count);
      }
    },
  });
  const requests = new Histogram({
    name: 'huddle_http_seconds',
    help: 'Requests by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2],
    registers: [registry],
  });

  return {
    registry,
    requests: (request, response, next) => {
      const stop = requests.startTimer({ method: request.method });
      response.once('finish', () => stop({ route: routeOf(request.route), status: response.statusCode }));
      next();
    },
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
  };
};
