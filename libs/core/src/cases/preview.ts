/** Characters of a message that lists show. */
const previewLength = 200;

/** The first words of a message on one line. */
export function previewOf(text: string): string {
  const flat = text
    .slice(0, previewLength * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return [...flat].slice(0, previewLength).join('');
}
