import { PhoneLogAdapter, type PhoneLogOptions } from './adapter.js';

export { callMediaTypes } from './adapter.js';
export type { PhoneLogAdapter, PhoneLogOptions } from './adapter.js';

/** The telephone channel. One per process is enough: it serves every channel of the kind. */
export function phoneLogAdapter(options: PhoneLogOptions = {}): PhoneLogAdapter {
  return new PhoneLogAdapter(options);
}
