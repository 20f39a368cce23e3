/** A box that one writes in, whatever it is made of. */
export interface WritingHandle {
  focus: () => void;
  blur: () => void;
  /** puts text where the caret is, in the place of some characters before it */
  replaceBefore: (length: number, text: string) => void;
  /** shows a piece of the text by selecting it */
  select: (words: string) => void;
}

export interface WritingProps {
  text: string;
  html: string | null;
  onChange: (text: string, html: string | null) => void;
  /** the text before the caret in its line; null when something is selected */
  onCaret: (before: string | null) => void;
  label: string;
  placeholder: string;
  /** of the words, for the reader and the spell checker */
  lang: string;
  spellCheck: boolean;
  /** id of the option that arrow keys have reached in a list that belongs to the box */
  active: string | undefined;
}
