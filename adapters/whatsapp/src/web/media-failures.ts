import type { MediaFailure } from '../warnings.js';

export const mediaFailures = [
  'media_expired',
  'media_too_large',
  'media_unavailable',
] as const satisfies readonly MediaFailure[];
