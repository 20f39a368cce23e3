/** Why the file cannot be followed: a stable code, and the system's own words without the path. */
export interface CsvFault {
  code: 'csv_missing' | 'csv_no_permission' | 'csv_unreadable';
  detail: string | null;
}

export function csvFault(error: unknown): CsvFault {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'csv_missing', detail: code };
  if (code === 'EACCES' || code === 'EPERM') return { code: 'csv_no_permission', detail: code };
  return { code: 'csv_unreadable', detail: code };
}

/** `ENOENT` and the like; null for what is no error of the system */
export function errorCode(error: unknown): string | null {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
