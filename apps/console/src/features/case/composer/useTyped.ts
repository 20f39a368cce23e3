import { useTranslation } from 'react-i18next';
import type { Locale } from '@loket/contracts/access.js';
import { cannedValues, fillCanned } from '@loket/contracts/canned-text.js';
import type { CaseDetail, ReplyOption, Upload } from '@loket/contracts/cases.js';
import { useCannedAnswers } from '../../../api/canned-answers.js';
import { useAgentRefs } from '../../../api/cases.js';
import { useMe } from '../../../api/session.js';
import { cannedText, findCanned } from './canned.js';
import type { Mode } from './local-item.js';
import type { Trigger } from './triggers.js';
import { useTriggers, type TriggerOption } from './useTriggers.js';
import type { WritingHandle } from '../../../ui/rich/writing.js';

/** A line of the list that opens on `/` or `@`. */
export interface TypedOption extends TriggerOption {
  title: string;
  /** of a canned answer: what one could have typed */
  shortcut: string | null;
  preview: string;
  /** it was not written in the language that was asked for */
  otherLanguage: Locale | null;
  files: number;
}

/** How many stand in the list; more are found by typing on. */
const most = 30;

interface Typed {
  detail: CaseDetail;
  mode: Mode;
  option: ReplyOption | undefined;
  language: Locale;
  area: { current: WritingHandle | null };
  onFiles: (files: readonly Upload[]) => void;
}

/** What typing `/` or `@` offers: canned answers anywhere, colleagues in notes. */
export function useTyped({ detail, mode, option, language, area, onFiles }: Typed) {
  const { i18n } = useTranslation();
  const me = useMe();
  const canned = useCannedAnswers().data;
  const agents = useAgentRefs().data;

  const values = cannedValues({
    customerName: detail.customer.name,
    agentName: me.name,
    caseNumber: detail.number,
    subject: detail.subject,
    channelName: option?.channelName ?? null,
  });
  const answers = (query: string): TypedOption[] =>
    findCanned(canned ?? [], query, language)
      .slice(0, most)
      .map((answer) => {
        const found = cannedText(answer, language);
        const { text } = fillCanned(found.text, values);
        return {
          id: answer.id,
          title: answer.title,
          shortcut: answer.shortcut,
          preview: text.replaceAll(/\s+/g, ' '),
          otherLanguage: found.language === language ? null : found.language,
          files: answer.attachments.length,
          take: (length) => {
            area.current?.replaceBefore(length, text);
            if (answer.attachments.length > 0) onFiles(answer.attachments);
          },
        };
      });
  const people = (query: string): TypedOption[] =>
    (agents ?? [])
      .filter(({ id, name }) => id !== me.id && name.toLocaleLowerCase(i18n.language).includes(query))
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .slice(0, most)
      .map(({ id, name }) => ({
        ...{ id, title: name, shortcut: null, preview: '', otherLanguage: null, files: 0 },
        take: (length) => area.current?.replaceBefore(length, `@${name} `),
      }));
  const optionsFor = ({ sign, query }: Trigger) => (sign === '/' ? answers(query) : people(query));
  return useTriggers(mode === 'note' ? ['/', '@'] : ['/'], optionsFor);
}
