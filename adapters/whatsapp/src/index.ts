import { CloudAdapter, type CloudAdapterOptions } from './cloud/adapter.js';

export type { CloudAdapterOptions } from './cloud/adapter.js';

/** WhatsApp by the official Cloud API. One per process is enough: it serves every channel that is set up so. */
export function cloudAdapter(options: CloudAdapterOptions = {}): CloudAdapter {
  return new CloudAdapter(options);
}
