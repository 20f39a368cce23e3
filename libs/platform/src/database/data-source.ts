import type { DataSourceOptions } from 'typeorm';
import { SnakeNamingStrategy } from './naming.js';

export interface DatabaseOptions {
  url: string;
  entities: DataSourceOptions['entities'];
  migrations: DataSourceOptions['migrations'];
  /** connections; also the ceiling of concurrent transactions */
  poolSize?: number;
  /** for migrations, which may have to rewrite large tables: no statement is cut off */
  patient?: boolean;
}

/** milliseconds; far above anything legitimate */
const statementTimeout = 60_000;

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
    extra: {
      connectionTimeoutMillis: 5_000,
      // A statement that hangs must not hold the intake for ever. The second limit is on our side of the wire, for a
      // database that is alive but does not answer.
      ...(options.patient
        ? {}
        : {
            statement_timeout: statementTimeout,
            idle_in_transaction_session_timeout: statementTimeout,
            query_timeout: statementTimeout + 5_000,
          }),
    },
  };
}
