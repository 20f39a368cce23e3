import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromiumOf } from './whatsapp-web.js';
import type { WhatsAppWebStub } from './whatsapp-web-stub/whatsapp-web-stub.js';

/**
 * A Chromium for the built server that finds the stub at web.whatsapp.com: the server takes a path (`CHROMIUM_PATH`), not
 * arguments.
 *
 * @param folder where the program is written; gone with whatever else is there
 * @returns its path
 */
export async function stubChromium(stub: WhatsAppWebStub, folder: string): Promise<string> {
  const path = join(folder, 'chromium-at-the-stub.sh');
  const args = stub.chromiumArgs.map((argument) => `'${argument}'`).join(' ');
  await writeFile(path, `#!/bin/sh\nexec '${chromiumOf()}' "$@" ${args}\n`, { mode: 0o755 });
  return path;
}
