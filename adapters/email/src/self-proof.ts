import type { ProofOfSender } from './authentication.js';
import { aligned, organisation, sameDomain } from './alignment.js';
import type { FoundSignature, SelfProof } from './dkim-inspect.js';
import { checkSignature } from './dkim-key.js';
import { readDmarc, type DmarcPolicy } from './dmarc.js';
import type { TxtRecords } from './txt-records.js';

interface Verdict {
  /** d= */
  domain: string | null;
  result: 'pass' | 'fail' | 'none' | 'temperror';
  /** what is wrong or missing; null for a pass that is complete */
  reason: string | null;
}

/**
 * How well a mail proves its sender by its own DKIM signatures (RFC 6376) and by what the author's domain asks of its
 * mail (DMARC, RFC 7489). Decision record 0009 says what counts as what, and why. Never throws: what DNS does not say
 * leaves the sender `claimed`.
 */
export async function proveItself(mail: SelfProof, txt: TxtRecords): Promise<ProofOfSender> {
  if (mail.signatures.length === 0) return { proof: 'claimed', evidence: [] };
  const [dmarc, verdicts] = await Promise.all([
    policyOf(mail.fromDomain, txt),
    Promise.all(mail.signatures.map((signature) => judge(signature, txt))),
  ]);
  const alignment = dmarc === null || dmarc === 'unknown' ? 'relaxed' : dmarc.dkim;
  const byAuthor = ({ domain }: Verdict): boolean =>
    domain !== null && aligned(domain, mail.fromDomain, alignment);
  const evidence = verdicts.map((v) =>
    line(v, v.result === 'pass' && !byAuthor(v) ? 'other_domain' : v.reason),
  );

  const proven = verdicts.filter((v) => v.result === 'pass' && v.reason === null && byAuthor(v));
  // Without its policy nobody knows whether the domain lets others of its organisation sign.
  if (dmarc === 'unknown' && !proven.some((v) => sameDomain(v.domain ?? '', mail.fromDomain)))
    return answer('claimed', [...evidence, ...(proven.length > 0 ? ['dmarc=temperror'] : [])]);
  if (proven.length > 0)
    return answer('verified', [
      ...evidence,
      ...(dmarc === null || dmarc === 'unknown' ? [] : ['dmarc=pass aligned']),
    ]);
  if (dmarc !== null && dmarc !== 'unknown' && dmarc.policy !== 'none' && isDisowned(mail, verdicts))
    return answer('failed', [...evidence, `dmarc=fail ${dmarc.policy}`]);
  return answer('claimed', evidence);
}

/**
 * Whether DMARC must have failed where the mail came in, although SPF cannot be looked at from here: the author's
 * organisation neither signed nor stood on the envelope, and a sound signature says that it is somebody else's mail.
 */
function isDisowned({ fromDomain, envelopeDomain, more }: SelfProof, verdicts: readonly Verdict[]): boolean {
  const foreign = verdicts.every((v) => v.domain !== null && !aligned(v.domain, fromDomain));
  return (
    foreign &&
    !more &&
    verdicts.some((v) => v.result === 'pass') &&
    envelopeDomain !== null &&
    !aligned(envelopeDomain, fromDomain)
  );
}

async function judge({ domain, state }: FoundSignature, txt: TxtRecords): Promise<Verdict> {
  if (typeof state === 'string') return { domain, result: 'fail', reason: state };
  const name = `${state.selector}._domainkey.${domain ?? ''}`;
  if (domain === null || name.length > 253) return { domain, result: 'fail', reason: 'syntax' };
  const answered = await txt.get(name);
  if (answered.status === 'unknown') return { domain, result: 'temperror', reason: null };
  const found = checkSignature(state, answered.status === 'found' ? answered.records : []);
  if (found === 'pass') return { domain, result: 'pass', reason: state.limit };
  return { domain, result: found === 'test_key' ? 'none' : 'fail', reason: found };
}

/** RFC 7489 §6.6.3: at the domain itself, else at its organisation. */
async function policyOf(from: string, txt: TxtRecords): Promise<DmarcPolicy | 'unknown' | null> {
  const above = organisation(from);
  const [own, organisations] = await Promise.all([
    txt.get(`_dmarc.${from}`),
    above === null || above === from ? null : txt.get(`_dmarc.${above}`),
  ]);
  if (own.status === 'unknown') return 'unknown';
  const policy = own.status === 'found' ? readDmarc(own.records, false) : null;
  if (policy !== null || organisations === null) return policy;
  if (organisations.status === 'unknown') return 'unknown';
  return organisations.status === 'found' ? readDmarc(organisations.records, true) : null;
}

/** `dkim=fail body d=example.com`: result, reason if any, signer if known. The console has a sentence for each. */
function line({ result, domain }: Verdict, reason: string | null): string {
  return [`dkim=${result}`, reason, domain === null ? null : `d=${domain}`]
    .filter((word) => word !== null)
    .join(' ');
}

function answer(proof: ProofOfSender['proof'], evidence: readonly string[]): ProofOfSender {
  return { proof, evidence: [...new Set(evidence)] };
}
