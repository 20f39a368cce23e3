/** `lk`, the case number in base 36, a dash, 16 characters of signature. Lower case: addresses get case-folded. */
const tokenPattern = /(?<![0-9a-z])lk[0-9a-z]{1,13}-[0-9a-z]{16}(?![0-9a-z])/g;

/**
 * Message-ID (RFC 5322 §3.6.4) of one outbound message, without brackets. The same message always gets the same id,
 * so that a send that is tried again is the same mail to everyone.
 *
 * @param messageId UUID of the message
 * @param token signed case token, found again by {@link tokensIn} in the answers' References
 * @param domain domain of the channel's address
 */
export function outboundMessageId(messageId: string, token: string, domain: string): string {
  return `${messageId}.${token}@${domain.toLowerCase()}`;
}

/**
 * Case tokens of ours in message ids and plus-addresses (`local+token@domain`), each once, in order of appearance.
 * Only found here; core verifies the signatures.
 *
 * @returns at most 20
 */
export function tokensIn(texts: string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [token] of text.toLowerCase().matchAll(tokenPattern)) {
      found.add(token);
      if (found.size === 20) return [...found];
    }
  }
  return [...found];
}
