/**
 * The subject line of an answer: `Re:` once where a conversation goes on, and the number of the case at the end.
 * @param known under which the other side knows the conversation; null when it is a new one
 */
export function mailSubject(
  known: string | null,
  { number, subject }: { number: number; subject: string },
): string {
  const bare = (known ?? subject).trim();
  const line = known !== null && !/^re\s*:/i.test(bare) ? `Re: ${bare}` : bare;
  return new RegExp(`#${number}(?!\\d)`).test(line) ? line : `${line} [#${number}]`.trimStart();
}
