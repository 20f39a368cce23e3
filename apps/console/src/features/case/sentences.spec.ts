import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { automaticKinds, matchRules } from '@loket/contracts/inbound.js';
import { mailFailureCodes } from '@loket/contracts/mail-failures.js';
import { caseStatuses, prioritySchema } from '@loket/contracts/cases.js';
import { deliveryStates } from '@loket/contracts/outbound.js';
import { whatsappChannelCodes, whatsappMessageCodes } from '@loket/contracts/whatsapp-codes.js';

type Texts = Record<string, Record<string, string>>;
const load = (language: string) =>
  JSON.parse(readFileSync(new URL(`locales/${language}.json`, import.meta.url), 'utf8')) as Texts;

describe.each(['id', 'en'])('sentences in %s', (language) => {
  const texts = load(language);
  it.each<[string, readonly string[]]>([
    ['rule', Object.keys(matchRules)],
    ['automatic', automaticKinds],
    ['state', deliveryStates],
    ['status', caseStatuses],
    ['statusShort', caseStatuses],
    ['sent', caseStatuses],
    ['priority', prioritySchema.options],
    // what reading a mailbox meets is told in the settings, not on a message
    ['failure', mailFailureCodes.filter((code) => !code.startsWith('imap_'))],
    // those of a channel stand beside a message too when it could not leave because of them
    ['failure', [...whatsappMessageCodes, ...whatsappChannelCodes]],
  ])('%s: one for each code that the contracts know', (group, codes) => {
    const missing = codes.filter((code) => !texts[group]?.[code]);
    expect(missing).toEqual([]);
  });
});
