import type { CaseStatus } from '@loket/contracts/cases.js';
import type { AutomaticKind, Evidence, MatchRule, SenderProof } from '@loket/contracts/inbound.js';

/** How a candidate was found. `reference`: a thread of its holds an id that the message names. */
export type CandidateSource = 'token' | 'reference' | 'number' | 'bounce' | 'conversation' | 'text';

/** A case that the message might belong to, with what the rules ask about it. */
export interface Candidate {
  source: CandidateSource;
  /** lower is nearer: -1 the message's own id, 0 the id answered directly, then References from the last to the first */
  rank: number;
  /** the id, number or token by which it was found */
  by: string;
  caseId: string;
  caseNumber: number;
  status: CaseStatus;
  resolvedAt: Date | null;
  /** shape of the case when it was looked at; see Case.arrangement */
  arrangement: number;
  threadId: string | null;
  threadChannelId: string | null;
  /** the outbound message that a bounce is about */
  bouncedMessageId: string | null;
  /** the sender is the case's customer, wrote in it, or was addressed by us or by somebody proven */
  participant: boolean;
}

/** What the rules ask about the message. */
export interface MatchFacts {
  channelId: string;
  senderProof: SenderProof;
  /** the best proof that this address ever gave us; null for a newcomer */
  knownProof: 'verified' | 'claimed' | null;
  automatic: AutomaticKind | null;
  forwarded: boolean;
  receivedAt: Date;
  reopenWithinHours: number;
  /** the message names no conversation: its sender's address stands for one */
  conversationIsAddress: boolean;
}

export interface CaseMatch {
  rule: MatchRule;
  score: number;
  evidence: Evidence[];
  /** null: open a new case */
  candidate: Candidate | null;
}

interface Rule {
  rule: MatchRule;
  source: CandidateSource;
  score: number;
  /** @returns evidence, or null when the rule does not hold for this candidate */
  holds: (candidate: Candidate, facts: MatchFacts, all: readonly Candidate[]) => Evidence[] | null;
}

/**
 * DESIGN §5, rules 2 to 6, in order; the first that holds decides. Rule 1 (known id) is settled before, rules 7 and 8
 * (other channels, other customers) compare texts and come after.
 */
const rules: readonly Rule[] = [
  {
    rule: 'signed_token',
    source: 'token',
    score: 1,
    holds: (c, facts, all) =>
      c.participant && !passedOn(c, facts) && !answersElsewhere(c, all)
        ? [{ code: 'signed_token' }, { code: 'sender_participates' }]
        : null,
  },
  {
    rule: 'thread_reference',
    source: 'reference',
    score: 1,
    holds: (c, facts) =>
      passedOn(c, facts)
        ? null
        : [
            { code: c.rank < 0 ? 'own_id_known' : 'reference_known', data: { ref: c.by } },
            { code: c.participant ? 'sender_participates' : 'sender_new_in_thread' },
          ],
  },
  {
    rule: 'case_number',
    source: 'number',
    score: 0.95,
    holds: (c, facts) =>
      c.participant && !facts.forwarded && provenAsBefore(facts)
        ? [{ code: 'number_in_subject', data: { number: c.caseNumber } }, { code: 'sender_participates' }]
        : null,
  },
  {
    rule: 'bounced_original',
    source: 'bounce',
    score: 1,
    holds: (c) => [{ code: 'bounce_about_our_message', data: { ref: c.by } }],
  },
  {
    rule: 'same_conversation',
    source: 'conversation',
    score: 1,
    holds: (c, facts) => {
      // One telephone, two people: the case of the other is none of his.
      if (facts.conversationIsAddress && !c.participant) return null;
      if (c.status !== 'resolved') return [{ code: 'conversation_open' }];
      const hours = c.resolvedAt
        ? (facts.receivedAt.getTime() - c.resolvedAt.getTime()) / 3_600_000
        : Infinity;
      return hours <= facts.reopenWithinHours
        ? [{ code: 'conversation_closed_lately', data: { hours: Math.max(0, Math.floor(hours)) } }]
        : null;
    },
  },
];

/**
 * Decides which case a message belongs to. Pure: the same facts give the same answer.
 *
 * A sender whose own domain disowns the message joins nothing (DESIGN §4), whatever he knows.
 */
export function matchCase(candidates: readonly Candidate[], facts: MatchFacts): CaseMatch {
  if (facts.senderProof === 'failed') {
    return { rule: 'new_case', score: 1, evidence: [{ code: 'sender_proof_failed' }], candidate: null };
  }
  for (const { rule, source, score, holds } of rules) {
    const nearest = candidates.filter((c) => c.source === source).sort((a, b) => nearness(a, b));
    for (const candidate of nearest) {
      const evidence = holds(candidate, facts, candidates);
      if (evidence) return { rule, score, evidence, candidate };
    }
  }
  return { rule: 'new_case', score: 1, evidence: whyNone(candidates, facts), candidate: null };
}

/**
 * A token names the case that a mail left from. When that was split since, or a merge undone, the very message that is
 * answered stands in another case by now, and the answer follows it (rule 3).
 */
function answersElsewhere(token: Candidate, all: readonly Candidate[]): boolean {
  return all.some(
    (c) => c.source === 'reference' && c.rank === 0 && c.participant && c.caseId !== token.caseId,
  );
}

function nearness(a: Candidate, b: Candidate): number {
  return Number(b.participant) - Number(a.participant) || a.rank - b.rank || a.caseNumber - b.caseNumber;
}

/**
 * A forward keeps the References of what it passes on, yet is a new matter for whoever gets it (zammad#4965), unless
 * somebody of the case forwards it into the very mailbox where the case lives.
 */
function passedOn(candidate: Candidate, facts: MatchFacts): boolean {
  if (!facts.forwarded) return false;
  const sameMailbox = candidate.threadChannelId === null || candidate.threadChannelId === facts.channelId;
  return !(candidate.participant && sameMailbox);
}

/**
 * A number in the subject is the weakest link: anybody can guess one. So the sender must not be less proven than this
 * address has been before; an address that used to pass DMARC and now does not is not let in (Zendesk 2024).
 */
function provenAsBefore(facts: MatchFacts): boolean {
  return facts.senderProof === 'verified' || facts.knownProof !== 'verified';
}

function whyNone(candidates: readonly Candidate[], facts: MatchFacts): Evidence[] {
  const evidence: Evidence[] = [];
  if (candidates.some((c) => c.source === 'number')) {
    const stranger = candidates.every((c) => c.source !== 'number' || !c.participant);
    evidence.push({ code: stranger ? 'number_of_strangers_case' : 'number_without_proof' });
  }
  if (candidates.some((c) => c.source === 'token' && !c.participant))
    evidence.push({ code: 'token_of_strangers_case' });
  if (facts.forwarded && candidates.some((c) => c.source === 'reference'))
    evidence.push({ code: 'forwarded_from_elsewhere' });
  if (candidates.some((c) => c.source === 'conversation' && (c.participant || !facts.conversationIsAddress)))
    evidence.push({ code: 'conversation_closed_long_ago' });
  return evidence.length > 0 ? evidence : [{ code: 'nothing_earlier' }];
}
