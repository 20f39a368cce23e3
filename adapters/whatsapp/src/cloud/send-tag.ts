/**
 * What goes along with every message and comes back with its statuses (`biz_opaque_callback_data`): which message of ours,
 * and which part of it. It is how a status finds a message whose send was never answered.
 */
export interface SendTag {
  messageId: string;
  /** counted from 0 */
  part: number;
}

const form = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:#(\d{1,3}))?$/;

export function sendTag({ messageId, part }: SendTag): string {
  return part === 0 ? messageId : `${messageId}#${String(part)}`;
}

/** @returns null for what others sent along through the same number */
export function parseTag(tag: string | undefined): SendTag | null {
  const [, messageId, part = '0'] = form.exec(tag ?? '') ?? [];
  return messageId === undefined ? null : { messageId, part: Number(part) };
}
