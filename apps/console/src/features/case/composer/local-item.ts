import type { AgentRef } from '@loket/contracts/access.js';
import type { CaseDetail, ReplyOption, TimelineItem, Upload } from '@loket/contracts/cases.js';
import type { ChosenTemplate } from '@loket/contracts/templates.js';
import type { DraftQuote } from '../../../api/drafts.js';
import { unconfirmed } from '../../../api/patch.js';

export type Mode = 'reply' | 'note';

interface LocalItem {
  key: string;
  detail: CaseDetail;
  mode: Mode;
  option: ReplyOption | undefined;
  agent: { id: string; name: string };
  text: string;
  attachments: Upload[];
  quote: DraftQuote | null;
  template: ChosenTemplate | null;
  /** of a note: whom it names, and the only one who sees it */
  mentions: readonly AgentRef[];
  to: AgentRef | null;
}

/** Stands in the timeline until the server's own item takes its place. */
export function localItem(item: LocalItem): TimelineItem {
  const { key, detail, mode, option, agent, text, quote, template } = item;
  const at = new Date().toISOString();
  const base = { id: `local:${key}`, caseId: detail.id, at };
  const attachments = item.attachments.map((file) => ({
    ...file,
    id: file.sha256,
    inline: false,
    contentId: null,
    url: '',
  }));
  if (mode === 'note') {
    const { mentions, to } = item;
    return { type: 'note', ...base, agent, text, draft: false, mentions: [...mentions], to, attachments };
  }
  return {
    type: 'message',
    ...base,
    direction: 'outbound',
    channelId: option?.channelId ?? '',
    channelKind: option?.channelKind ?? detail.channelKinds[0] ?? 'email',
    externalId: null,
    threadId: '',
    customerId: detail.customer.id,
    from: { kind: 'external', value: option?.channelAddress ?? '', name: null, proof: null, evidence: [] },
    recipients: option ? [{ role: 'to', kind: 'external', value: option.address }] : [],
    agent,
    sentAt: at,
    subject: null,
    text,
    quoted: null,
    html: null,
    quote,
    changes: [],
    template: template?.name ?? null,
    attachments,
    call: null,
    automatic: null,
    match: null,
    state: 'pending',
    stateReason: null,
    stateDetail: null,
    stateAt: null,
    bouncedBy: null,
    warnings: [],
    hasRaw: false,
    version: unconfirmed,
  };
}
