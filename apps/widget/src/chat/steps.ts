import type { VisitorConfig, VisitorMessage } from '@loket/contracts/visitors.js';
import type { ChatState } from './state.js';
import type { Shelf } from './shelf.js';

/** Whether consent or questions come before the first message. Who is known already is not asked who he is. */
export function needsForm(
  config: Pick<VisitorConfig, 'preChat' | 'consentText'>,
  shelf: Shelf,
  identified: boolean,
): boolean {
  if (shelf.get('consentAt')) return false;
  const consent = Object.values(config.consentText).some(Boolean);
  const known = identified || shelf.get('token') !== null;
  return consent || (config.preChat.length > 0 && !known);
}

/** Whether to offer the answer by another way: once there is something to answer, and nobody has asked before. */
export function contactStep(
  config: Pick<VisitorConfig, 'preChat' | 'continueBy'>,
  shelf: Shelf,
  messages: readonly VisitorMessage[],
): ChatState['contact'] {
  const asked = config.preChat.some(({ kind }) => kind === 'email' || kind === 'phone');
  const wanted = config.continueBy.length > 0 && !asked && !shelf.get('subject') && !shelf.get('contact');
  return wanted && messages.some(({ from }) => from === 'visitor') ? 'ask' : 'hidden';
}

/** Whom a signed identity names, unproven: only to notice that it is somebody else's. */
export function subjectOf(jwt: string): string | null {
  try {
    const part = jwt.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(part)) as { sub?: string }).sub ?? null;
  } catch {
    return null;
  }
}
