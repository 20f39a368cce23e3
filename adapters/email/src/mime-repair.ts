import type { TreeNode } from 'mailparser';
import type { Head } from './head.js';
import { splitHead } from './head.js';
import { parseMime, type MimeMail } from './mime.js';

/**
 * Takes a mail apart, also when its boundary is missing or wrong: then the boundary that the body itself shows counts,
 * else the whole body is text. Nothing of it is dropped silently.
 *
 * @throws Error when nothing can be read
 */
export async function parseStructure(raw: Buffer, head: Head): Promise<MimeMail> {
  const mail = await parseMime(raw);
  if (mail.tree === null || !isEmptyMultipart(mail.tree) || mail.files.length > 0) return mail;

  const { bodyStart } = splitHead(raw);
  const body = raw.subarray(bodyStart);
  if (body.toString('latin1').trim() === '') return mail;
  const boundary = /^--([^\s-][^\r\n]{0,200}?)(?:--)?[ \t]*\r?\ncontent-/im.exec(
    body.subarray(0, 200_000).toString('latin1'),
  )?.[1];
  const type =
    boundary === undefined
      ? 'text/plain'
      : `${(head.raw('content-type') ?? '').split(';')[0]?.trim() || 'multipart/mixed'}; boundary="${boundary}"`;
  const again = await parseMime(
    Buffer.concat([Buffer.from(`Content-Type: ${type}\r\n\r\n`, 'latin1'), body]),
  );
  again.warnings.add('boundary_missing');
  return again;
}

function isEmptyMultipart(node: TreeNode): boolean {
  if (typeof node.contentType !== 'string' || !node.contentType.startsWith('multipart/')) return false;
  return node.children.every(isEmptyMultipart);
}
