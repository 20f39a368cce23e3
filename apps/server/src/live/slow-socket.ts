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
  const { socket: wire } = conn.transport as unknown as { socket?: { bufferedAmount?: number } };
  return writeBuffer.length > maxPackets || (wire?.bufferedAmount ?? 0) > maxBytes;
}
