import type { OutboundMessage } from '@loket/contracts/outbound.js';
import { mintCaseToken } from '../cases/case-token.js';
import type { Outgoing } from './delivery.queries.js';

/** What an adapter gets to send, of the row that stands for it. */
export function outboundMessage(
  messageId: string,
  outgoing: Outgoing,
  attempt: number,
  secret: string,
): OutboundMessage {
  const {
    caseNumber,
    to,
    subject,
    text,
    html,
    signature,
    quote,
    template,
    agentName,
    createdAt,
    attachments,
  } = outgoing;
  return {
    messageId,
    caseNumber,
    token: mintCaseToken(secret, caseNumber),
    to,
    others: [],
    subject,
    text,
    html,
    signature,
    quote,
    template,
    attachments: attachments.map((file) => ({ ...file, inline: false })),
    thread: {
      conversation: outgoing.conversation,
      inReplyTo: outgoing.inReplyTo,
      references: outgoing.threadIds,
    },
    agentName,
    automatic: false,
    createdAt: createdAt.toISOString(),
    attempt,
  };
}
