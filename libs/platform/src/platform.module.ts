import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { BlobStore } from './blobs/blob-store.js';
import { BUS } from './bus/bus.js';
import { LocalBus } from './bus/local-bus.js';
import { Clock } from './clock.js';
import { dataSourceOptions } from './database/data-source.js';
import { whenThere } from './database/when-there.js';
import { ENV, type ResolvedEnv } from './env.js';
import { LOGGER, type Logger } from './logging/logger.js';
import { SECRET } from './secret.js';
import { Signs } from './signs/signs.js';

export interface PlatformOptions {
  env: ResolvedEnv;
  logger: Logger;
  /** every table; this room knows none of them */
  entities: DataSourceOptions['entities'];
}

/** What every process stands on, available everywhere: ENV, SECRET, LOGGER, BUS, Clock, Signs, BlobStore and TypeORM's DataSource. */
@Module({})
export class PlatformModule {
  static forRoot({ env, logger, entities }: PlatformOptions): DynamicModule {
    const database = dataSourceOptions({ url: env.DATABASE_URL, entities, migrations: [] });
    const patience = { logger, waitMs: env.LOKET_DATABASE_WAIT * 1_000 };
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          // Nest's own tries know no difference between a database that is busy and one that will never let us in.
          useFactory: () => ({ ...database, retryAttempts: 0 }),
          dataSourceFactory: () => whenThere(() => new DataSource(database).initialize(), patience),
        }),
      ],
      providers: [
        { provide: ENV, useValue: env },
        { provide: SECRET, useValue: env.LOKET_SECRET },
        { provide: LOGGER, useValue: logger },
        { provide: BUS, useClass: LocalBus },
        { provide: BlobStore, useFactory: () => new BlobStore(join(env.LOKET_DATA_DIR, 'blobs')) },
        Clock,
        Signs,
      ],
      exports: [ENV, SECRET, LOGGER, BUS, BlobStore, Clock, Signs],
    };
  }
}
