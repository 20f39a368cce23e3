import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import { ChannelsModule } from '@loket/channels/channels.module.js';
import type { ResolvedEnv } from '@loket/platform/env.js';
import { findChromium } from './boot/chromium.js';

/** The adapter host within this process. No other file of this room knows apps/channels. */
export function embeddedChannels(env: ResolvedEnv): DynamicModule {
  return ChannelsModule.forRoot({
    hostId: hostIdOf(env),
    phone: { csvFolders: env.PHONE_LOG_DIRS },
    whatsapp: {
      graphUrl: env.WHATSAPP_GRAPH_URL,
      chromiumPath: findChromium(env.CHROMIUM_PATH),
      dataDir: join(env.LOKET_DATA_DIR, 'whatsapp'),
      maxSessions: env.WHATSAPP_MAX_SESSIONS,
    },
  });
}

/** The same after a restart, so that it takes up its own leases at once; different for each process of a database. */
function hostIdOf({ LOKET_DATA_DIR, PORT, ROLE }: ResolvedEnv): string {
  const place = createHash('sha256').update(LOKET_DATA_DIR).digest('hex').slice(0, 8);
  return `${hostname()}-${place}-${String(PORT)}-${ROLE}`;
}
