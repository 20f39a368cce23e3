import type { TFunction } from 'i18next';

const known =
  /^(dmarc|dkim|spf)=(pass|fail|none|temperror)(?: (?!by )([a-z_]+)(?= |$))?(?: (?!by )(?:d=)?(\S+))?(?: by (\S+))?$/;

/**
 * What a channel gives as evidence of its sender, in words: `dmarc=pass by mx.example.com` is what our mail server
 * noted (RFC 8601), `dkim=fail body d=example.com` what Loket found by itself. Anything else stays as it is.
 */
export function proofEvidence(t: TFunction, line: string): string {
  const [, method, result, reason, signer, by] = known.exec(line) ?? [];
  if (!method) {
    const [, channel, how] = /^(whatsapp|phone)=([a-z_]+)$/.exec(line) ?? [];
    return channel ? t(`ui.evidence.told.${channel}_${how}`, { defaultValue: line }) : line;
  }
  const sentence = t(`ui.evidence.${result}`, { method: method.toUpperCase() });
  const parts = [
    reason && t(`ui.evidence.reasons.${reason}`, { defaultValue: reason.replaceAll('_', ' ') }),
    signer && t('ui.evidence.signer', { signer }),
    by && t('ui.evidence.by', { server: by }),
  ];
  return [sentence, ...parts.filter(Boolean)].join(' · ');
}
