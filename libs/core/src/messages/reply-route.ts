import type { EntityManager } from 'typeorm';
import type { CreateReply } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { windowClosed, type ReplyRoute } from '../cases/reply-options.js';
import { templatesUnsupported } from '../channels/channel-templates.js';

/** A message that an answer quotes. */
export interface Quoted {
  channelId: string;
  customerId: string;
  externalId: string;
}

/**
 * @returns null when nothing is quoted
 * @throws AppError `unprocessable` `quote_not_here` when it is not a message of this case, or one that the channel does
 *   not know (yet)
 */
export async function readQuoted(
  tx: EntityManager,
  caseId: string,
  quoteId: string | undefined,
): Promise<Quoted | null> {
  if (quoteId === undefined) return null;
  // Ids that begin with sha256: are ours, made for messages that had none or a longer one; nobody else knows them.
  const [quoted]: Quoted[] = await tx.query(
    `SELECT channel_id AS "channelId", customer_id AS "customerId", external_id AS "externalId" FROM messages
     WHERE id = $1 AND case_id = $2 AND external_id NOT LIKE 'sha256:%'`,
    [quoteId, caseId],
  );
  if (!quoted) throw quoteNotHere();
  return quoted;
}

/**
 * The way that an answer takes: the one that was asked for, else the one on which the customer wrote last, else any that
 * can be used. A quote stays where it was said, a template where there are templates.
 *
 * @throws AppError `unprocessable` `reply_impossible`; `reply_blocked` with the code of the option; `quote_not_here`
 *   `quotes_unsupported` `templates_unsupported`
 */
export function chooseRoute(
  routes: readonly ReplyRoute[],
  reply: Pick<CreateReply, 'channelId' | 'identityId' | 'template'>,
  quoted: Quoted | null,
): ReplyRoute {
  const wanted = fitting(
    routes.filter(
      (route) =>
        (reply.channelId === undefined || route.channelId === reply.channelId) &&
        (reply.identityId === undefined || route.identityId === reply.identityId),
    ),
    reply,
    quoted,
  );
  const blockOf = ({ blocked }: ReplyRoute): string | null =>
    reply.template !== undefined && blocked === windowClosed ? null : blocked;
  const route =
    wanted.find((r) => r.preferred && blockOf(r) === null) ??
    wanted.find((r) => blockOf(r) === null) ??
    wanted[0];
  if (!route) {
    throw new AppError(
      'unprocessable',
      'reply_impossible',
      'no channel can carry this answer to the customer',
    );
  }
  const blocked = blockOf(route);
  if (blocked !== null) {
    throw new AppError('unprocessable', 'reply_blocked', 'this way to the customer cannot be used now', {
      data: { blocked },
    });
  }
  return route;
}

function fitting(
  wanted: readonly ReplyRoute[],
  { template }: Pick<CreateReply, 'template'>,
  quoted: Quoted | null,
): readonly ReplyRoute[] {
  let left = wanted;
  if (quoted && left.length > 0) {
    left = left.filter((r) => r.channelId === quoted.channelId && r.customerId === quoted.customerId);
    if (left.length === 0) throw quoteNotHere();
    left = left.filter(({ capabilities }) => capabilities.quotes);
    if (left.length === 0)
      throw new AppError('unprocessable', 'quotes_unsupported', 'this channel cannot quote messages');
  }
  if (template && left.length > 0) {
    left = left.filter(({ capabilities }) => capabilities.templates);
    if (left.length === 0) throw templatesUnsupported();
  }
  return left;
}

function quoteNotHere(): AppError {
  return new AppError(
    'unprocessable',
    'quote_not_here',
    'the quoted message is not one of this case and channel',
  );
}
