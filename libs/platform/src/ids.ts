import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/** A new primary key: UUIDv7, so that keys grow with time and index pages stay warm. */
export function newId(): string {
  return v7();
}

/** A primary key (UUIDv8, RFC 9562) that the same parts always give, so that doing a thing again finds it done. */
export function idOf(...parts: string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
