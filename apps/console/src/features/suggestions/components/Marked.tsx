import { marked } from '../common-words.js';

/** A text with what the other side has too. */
export function Marked({ text, same }: { text: string; same: ReadonlySet<string> }) {
  return marked(text, same).map((piece, index) =>
    piece.same ? (
      <mark key={index} className="same">
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}
