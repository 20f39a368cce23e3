const prefix =
  /^\s{0,20}(?:(?:re|fw|fwd|aw|wg|bls|balas|trs|teruskan|sv|antw|tr|rv|res)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}:|\[[^\]]{1,60}\]|\(?#\d{1,6}(?!\d)\)?\s{0,3}[:-]?)\s{0,20}/i;

/** A subject line without `Re:`, `Fwd:`, `Bls:`, `[ticket]`, `#1042`: what the matter is called. */
export function subjectOf(subject: string): string {
  let rest = subject;
  for (let i = 0; i < 12; i++) {
    const head = prefix.exec(rest);
    if (!head) break;
    rest = rest.slice(head[0].length);
  }
  return rest.trim();
}
