import type { EntityManager } from 'typeorm';
import { sanitiseHtml } from '@loket/channel/html.js';
import { cannedValues } from '@loket/contracts/canned-text.js';
import { fillSignature, type SignatureWords } from '@loket/contracts/signature-text.js';
import { signatureSchema } from '@loket/contracts/signatures.js';
import type { Case } from '../cases/case.entity.js';
import type { ReplyRoute } from '../cases/reply-options.js';
import { readWorkspace } from '../settings/workspace-settings.js';

/**
 * What stands below an answer on this way: the channel's signature with its blanks filled.
 *
 * @returns null where the channel has no such thing, and where nobody has set any
 */
export async function signatureFor(
  tx: EntityManager,
  route: ReplyRoute,
  found: Pick<Case, 'number' | 'subject'>,
  author: { id: string; name: string },
): Promise<SignatureWords | null> {
  const { signature: section, html } = route.capabilities;
  if (section === undefined) return null;
  const [row]: { signature: unknown; title: string | null; phone: string | null }[] = await tx.query(
    `SELECT ch.config->$2 AS signature, a.title, a.phone FROM channels ch LEFT JOIN agents a ON a.id = $3
     WHERE ch.id = $1`,
    [route.channelId, section, author.id],
  );
  const signature = signatureSchema.safeParse(row?.signature);
  if (!signature.success) return null;
  const { name: workspaceName } = await readWorkspace(tx);
  const scene = {
    customerName: route.customerName,
    agentName: author.name,
    caseNumber: Number(found.number),
    subject: found.subject,
    channelName: route.channelName,
  };
  const filled = fillSignature(signature.data, {
    ...cannedValues(scene),
    'agent.title': row?.title ?? null,
    'agent.phone': row?.phone ?? null,
    'workspace.name': workspaceName,
  });
  if (!filled) return null;
  return { text: filled.text, html: html && filled.html !== null ? sanitiseHtml(filled.html) : null };
}
