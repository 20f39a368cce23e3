import { v7 } from 'uuid';

/** A new primary key: UUIDv7, so that keys grow with time and index pages stay warm. */
export function newId(): string {
  return v7();
}
