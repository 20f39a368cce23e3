import { WebchatAdapter } from './adapter.js';

export type { WebchatAdapter } from './adapter.js';

/** The web chat. One per process is enough: it serves every channel of the kind. */
export function webchatAdapter(): WebchatAdapter {
  return new WebchatAdapter();
}
