import type { LiveSocket } from './live-socket.js';

const maxPackets = 2_000;
const maxBytes = 8_000_000;

/**
 * Does this client take in less than it is sent? What it has not taken stands in our memory, so it is let go; it comes
 * back with its cursor and gets what it missed, or refetches.
 */
export function isTooSlow(socket: Pick<LiveSocket, 'conn'>): boolean {
  const { conn } = socket;
  // Public in engine.io and ws, but not in their types as seen from here.
  const { writeBuffer } = conn as unknown as { writeBuffer: unknown[] };
  return writeBuffer.length > maxPackets || (wireOf(socket)?.bufferedAmount ?? 0) > maxBytes;
}

/**
 * Ends a connection at once. Closing it as one should would wait half a minute for a client that does not read, with all
 * that it has not taken still in our memory.
 */
export function letGo(socket: Pick<LiveSocket, 'conn'>): void {
  const wire = wireOf(socket);
  socket.conn.close(true);
  wire?.terminate?.();
}

/** The WebSocket below; null while the client polls. */
function wireOf({ conn }: Pick<LiveSocket, 'conn'>): {
  bufferedAmount?: number;
  terminate?: () => void;
} | null {
  const { socket } = conn.transport as unknown as {
    socket?: { bufferedAmount?: number; terminate?: () => void };
  };
  return socket ?? null;
}
