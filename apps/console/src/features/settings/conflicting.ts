import { ApiError } from '../../api/client.js';

/** @returns what was to be changed as it is now, when somebody else changed it first */
export function conflicting<T extends object>(error: unknown): T | null {
  if (!(error instanceof ApiError) || error.code !== 'version_conflict') return null;
  const { data } = error;
  return typeof data === 'object' && data !== null && 'version' in data ? (data as T) : null;
}
