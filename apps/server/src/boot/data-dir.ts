import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SayToPerson } from './say.js';

/** Makes the data folder; nobody else on the machine may look into it. */
export function openDataDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    for (const name of ['blobs', 'whatsapp']) mkdirSync(join(dir, name), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new SayToPerson(
      `Folder data ${dir} tidak dapat dibuat atau ditulisi.`,
      `The data folder ${dir} cannot be made or written to.`,
      { cause },
    );
  }
}
