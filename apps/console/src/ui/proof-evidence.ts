import type { TFunction } from 'i18next';

/**
 * What a channel gives as evidence of its sender, in words: `dmarc=pass by mx.example.com` is what our mail server
 * noted (RFC 8601). Anything else stays as it is.
 */
export function proofEvidence(t: TFunction, line: string): string {
  const [, method, result, signer, by] =
    /^(dmarc|dkim|spf)=(pass|fail)(?: (?!by )(\S+))?(?: by (\S+))?$/.exec(line) ?? [];
  if (!method) return line;
  const sentence = t(`ui.evidence.${result}`, { method: method.toUpperCase() });
  const parts = [signer && t('ui.evidence.signer', { signer }), by && t('ui.evidence.by', { server: by })];
  return [sentence, ...parts.filter(Boolean)].join(' · ');
}
