export type Settings = Record<string, string | number | boolean>;

/** What our own cluster runs with; the rest is PostgreSQL's default. Safe before fast: a commit is on disk. */
export const defaultSettings: Settings = {
  fsync: true,
  synchronous_commit: true,
  full_page_writes: true,
  max_connections: 100,
  // intake holds an advisory lock per sender identity of a whole group
  max_locks_per_transaction: 256,
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  wal_buffers: '16MB',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1,
  // plans here are short; compiling them costs more than it saves
  jit: false,
  timezone: 'UTC',
  log_timezone: 'UTC',
  // the log must not hold what customers wrote: no statements, no parameters, no DETAIL lines
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
};

/** A file in the syntax of postgresql.conf. */
export function toConf(settings: Settings): string {
  const lines = Object.entries(settings).map(([name, value]) => {
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
    return `${name} = '${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  });
  return [
    '# Written at every start. Change settings with ALTER SYSTEM, which wins over this file.',
    ...lines,
    '',
  ].join('\n');
}
