import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, TimelineMessage } from '@loket/contracts/cases.js';
import type { HeldReply } from '@loket/contracts/held-replies.js';
import type { Draft } from '../../../api/drafts.js';
import { optionKey } from './ChannelPick.js';
import type { Wish } from '../desk.js';
import { wordsOf } from '../timeline/message-words.js';
import { canAnswer } from './reply-window.js';
import { counterpart } from '../timeline/timeline-rows.js';
import { quoteOf, quoteOption } from '../useDesk.js';

interface Wishing {
  wish: Wish | null;
  done: () => void;
  detail: CaseDetail;
  /** the way that is chosen; null while a note is written */
  current: string | null;
  choose: (key: string) => void;
  change: (patch: (before: Draft) => Draft) => void;
  focus: (note: boolean) => void;
  openTemplates: () => void;
}

/** Does what a message asked of the box: first on the right way, then in its draft. */
export function useWish({
  wish,
  done,
  detail,
  current,
  choose,
  change,
  focus,
  openTemplates,
}: Wishing): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (!wish) return;
    const target = optionFor(wish, detail);
    if (!target) {
      // its way is gone, its words are not
      if (wish.kind === 'held') change((now) => withHeld(now, wish.reply, detail.version));
      return done();
    }
    // drafts belong to their way: comes again once that is chosen
    if (optionKey(target) !== current) return choose(optionKey(target));
    if (wish.kind === 'template') openTemplates();
    else if (wish.kind === 'held') {
      change((now) => withHeld(now, wish.reply, detail.version));
      focus(false);
    } else if (target.blocked === null) {
      change((now) =>
        wish.kind === 'quote'
          ? { ...now, quote: quoteOf(wish.message, t('case.us')) }
          : withMessage(now, wish.message, detail.version),
      );
      focus(false);
    }
    done();
  });
}

function optionFor(wish: Wish, detail: CaseDetail) {
  const find = (channelId: string) =>
    detail.replyOptions.find((option) => option.channelId === channelId && canAnswer(option));
  if (wish.kind === 'template') return find(wish.channelId);
  if (wish.kind === 'go_on') return wish.option;
  if (wish.kind === 'held') {
    const { channelId, identityId } = wish.reply;
    return detail.replyOptions.find(
      (option) => option.channelId === channelId && option.identityId === identityId && canAnswer(option),
    );
  }
  const { message } = wish;
  return quoteOption(detail, message, counterpart(message), new Date()) ?? find(message.channelId);
}

/** The words and files of a message that did not go, before what is written already. */
function withMessage(draft: Draft, message: TimelineMessage, version: number): Draft {
  const { text } = wordsOf(message);
  const files = message.attachments.map(({ sha256, name, mediaType, size }) => ({
    sha256,
    name,
    mediaType,
    size,
  }));
  const known = new Set(draft.attachments.map((file) => file.sha256));
  return {
    ...draft,
    text: draft.text.includes(text)
      ? draft.text
      : [text, draft.text].filter((part) => part !== '').join('\n\n'),
    attachments: [...draft.attachments, ...files.filter((file) => !known.has(file.sha256))],
    version: draft.version ?? version,
  };
}

/** An answer that was taken back, before what is written already. */
function withHeld(draft: Draft, { text, html, attachments }: HeldReply, version: number): Draft {
  return {
    ...draft,
    text: [text, draft.text].filter((part) => part !== '').join('\n\n'),
    html: html ?? draft.html ?? null,
    attachments: [...attachments, ...draft.attachments],
    version,
  };
}
