/**
 * Turns a phone away at its upgrade (N8). A browser cannot read why an upgrade was refused, so the upgrade is made – by `ws`, without
 * Engine.IO or Socket.IO – and what a Socket.IO client takes for "refused, and why" is said at once: no connection is kept for it.
 */
import type { IncomingMessage } from 'node:http';
import type { Bye } from '@huddle/shared/protocol.ts';
import { WebSocketServer } from 'ws';

const upgrades = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: 4096 });
/** Engine.IO 4: "open"; its `sid` names nothing, because nothing is kept. */
const OPEN = `0${JSON.stringify({ sid: 'away', upgrades: [], pingInterval: 10_000, pingTimeout: 5000, maxPayload: 4096 })}`;
const TRY_AGAIN_LATER = 1013;

/** Answers the upgrade with the reason, and hangs up. */
export const turnAway = (request: IncomingMessage, bye: Bye): void => {
  upgrades.handleUpgrade(request, request.socket, Buffer.alloc(0), (socket) => {
    // Gone before it was told: then nobody need be told.
    socket.on('error', () => undefined);
    socket.send(OPEN);
    // Engine.IO "message", Socket.IO "connect error" on the default namespace.
    socket.send(`44${JSON.stringify({ message: bye.code, data: bye })}`);
    socket.close(TRY_AGAIN_LATER);
  });
};
