import type { JSONContent } from '@tiptap/react';

/** Has it any looks that plain text has not? Otherwise it goes as plain text alone. */
export function isFormatted({ type, marks, content }: JSONContent): boolean {
  const plain = ['doc', 'paragraph', 'text', 'hardBreak'];
  if (!plain.includes(type ?? 'text') || (marks?.length ?? 0) > 0) return true;
  return content?.some(isFormatted) ?? false;
}

/** The same in plain text, for those whose programs show no HTML: paragraphs apart, lists with dashes or numbers. */
export function plainOf(doc: JSONContent): string {
  return blocks(doc.content ?? []).join('\n\n');
}

/** The same where every paragraph is a line, and an empty one an empty line. */
export function linesOf(doc: JSONContent): string {
  return (doc.content ?? []).map(block).join('\n').trim();
}

function blocks(nodes: readonly JSONContent[]): string[] {
  return nodes.map(block).filter((text) => text !== '');
}

function block(node: JSONContent): string {
  const inner = node.content ?? [];
  switch (node.type) {
    case 'bulletList':
      return inner.map((item) => listed('- ', item)).join('\n');
    case 'orderedList': {
      const start = Number(node.attrs?.['start'] ?? 1);
      return inner.map((item, at) => listed(`${start + at}. `, item)).join('\n');
    }
    case 'blockquote':
      return blocks(inner)
        .join('\n\n')
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n');
    default:
      return inline(inner);
  }
}

function listed(sign: string, item: JSONContent): string {
  const lines = blocks(item.content ?? [])
    .join('\n')
    .split('\n');
  return lines.map((line, at) => (at === 0 ? sign : ' '.repeat(sign.length)) + line).join('\n');
}

function inline(nodes: readonly JSONContent[]): string {
  return nodes
    .map(({ type, text = '', marks }) => {
      if (type === 'hardBreak') return '\n';
      const href: unknown = marks?.find((mark) => mark.type === 'link')?.attrs?.['href'];
      return typeof href === 'string' && href !== text ? `${text} <${href}>` : text;
    })
    .join('');
}
