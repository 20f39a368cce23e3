import type { PreChatField } from '@loket/contracts/webchat-config.js';
import type { Question } from './webchat-form.js';

export const questionKinds = [
  'name',
  'email',
  'phone',
  'text',
  'choice',
] as const satisfies PreChatField['kind'][];
export type QuestionKind = (typeof questionKinds)[number];
export const mostQuestions = 8;

/** What kinds are called in their answers, and asked for in both languages, until somebody writes something better. */
const usual: Record<QuestionKind, Pick<Question, 'id' | 'label'>> = {
  name: { id: 'name', label: { id: 'Nama', en: 'Name' } },
  email: { id: 'email', label: { id: 'Alamat surel', en: 'Email address' } },
  phone: { id: 'phone', label: { id: 'Nomor telepon', en: 'Phone number' } },
  text: { id: 'text', label: { id: '', en: '' } },
  choice: { id: 'choice', label: { id: '', en: '' } },
};

/** A question of the kind that is not asked yet, the plainest first. */
export function newQuestion(others: readonly Question[]): Question {
  const kind = (['name', 'email', 'phone'] as const).find(
    (one) => !others.some((other) => other.kind === one),
  );
  return question(kind ?? 'text', others);
}

function question(kind: QuestionKind, others: readonly Question[]): Question {
  const { label } = usual[kind];
  return { id: freeId(usual[kind].id, others), kind, label: { ...label }, required: false, options: [] };
}

/** Another kind; what was put there for the kind before gives way, what somebody wrote stays. */
export function withKind(before: Question, kind: QuestionKind, others: readonly Question[]): Question {
  const was = usual[before.kind];
  const next = question(kind, others);
  const untouched = before.label.id === was.label.id && before.label.en === was.label.en;
  const ownId = before.id.replace(/_\d+$/, '') !== was.id;
  return {
    ...before,
    kind,
    id: ownId ? before.id : next.id,
    label: untouched ? next.label : before.label,
  };
}

/** Answers are kept under these names, so no two questions share one. */
function freeId(wanted: string, others: readonly Question[]): string {
  const taken = new Set(others.map(({ id }) => id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}_${String(n)}`;
    if (!taken.has(id)) return id;
  }
}

/** @returns the list with one taken from `from` to `to`; the same when there is no such place */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}
