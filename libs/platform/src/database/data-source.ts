import type { DataSourceOptions } from 'typeorm';
import { SnakeNamingStrategy } from './naming.js';

export interface DatabaseOptions {
  url: string;
  entities: DataSourceOptions['entities'];
  migrations: DataSourceOptions['migrations'];
  /** connections; also the ceiling of concurrent transactions */
  poolSize?: number;
}

/** TypeORM options, the same for the server, the migration tool and tests. Never synchronises by itself. */
export function dataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    entities: options.entities,
    migrations: options.migrations,
    migrationsTableName: 'migrations',
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    poolSize: options.poolSize ?? 20,
    // A statement that hangs must not hold the intake for ever; the ceiling is far above anything legitimate.
    extra: {
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      connectionTimeoutMillis: 5_000,
    },
  };
}
