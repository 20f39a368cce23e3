import { useState } from 'react';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { optionKey } from './ChannelPick.js';
import type { Mode } from './local-item.js';
import { canAnswer } from './reply-window.js';

/** Whether one writes to the customer, and by which way, or a note; and in which slot its draft is kept. */
export function useWay(detail: CaseDetail) {
  const options = detail.replyOptions;
  const usable = options.filter(canAnswer);
  const [way, setWay] = useState<string | null>(null);
  const [wantNote, setWantNote] = useState(false);
  const chosen =
    usable.find((option) => optionKey(option) === way) ??
    usable.find((option) => option.preferred) ??
    usable[0];
  const mode: Mode = wantNote || !chosen ? 'note' : 'reply';
  const slot = mode === 'note' ? 'note' : (chosen?.channelId ?? 'note');
  return { options, chosen, mode, slot, setWay, setWantNote };
}
