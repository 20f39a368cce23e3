import type { ReactNode } from 'react';
import { Linked } from '../../../ui/Linked.js';
import { readMarks, type Mark, type Marked } from './chat-marks.js';
import c from './chat.module.css';

/** Text of a chat with its emphasis and its links. Nothing else is interpreted. */
export function ChatWords({ text }: { text: string }) {
  return readMarks(text).map((part, at) => <Part key={at} part={part} />);
}

function Part({ part }: { part: Marked }): ReactNode {
  const inside =
    part.parts.length > 0 ? (
      part.parts.map((inner, at) => <Part key={at} part={inner} />)
    ) : part.mark === 'mono' ? (
      part.text
    ) : (
      <Linked text={part.text} />
    );
  return part.mark === null ? inside : dressed(part.mark, inside);
}

function dressed(mark: Mark, inside: ReactNode): ReactNode {
  switch (mark) {
    case 'bold':
      return <strong>{inside}</strong>;
    case 'italic':
      return <em>{inside}</em>;
    case 'struck':
      return <s>{inside}</s>;
    case 'mono':
      return <code className={c.mono}>{inside}</code>;
  }
}
