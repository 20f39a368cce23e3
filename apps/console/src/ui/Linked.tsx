import type { ReactNode } from 'react';

const pattern = /\bhttps?:\/\/[^\s<>"'`]+|\b[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;

/** Plain text with its web and mail addresses made into links. Nothing else is interpreted. */
export function Linked({ text }: { text: string }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    // what ends a sentence does not belong to the address
    const address = match[0].replace(/[.,;:!?)\]}'"]+$/, '');
    parts.push(text.slice(from, match.index));
    const href = address.includes('://') ? address : `mailto:${address}`;
    parts.push(
      <a key={match.index} href={href} target="_blank" rel="noreferrer noopener">
        {address}
      </a>,
    );
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
