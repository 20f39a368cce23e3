import { useImperativeHandle, useRef, type Ref } from 'react';
import { useGrowing } from './useWriting.js';
import type { WritingHandle, WritingProps } from '../../../ui/rich/writing.js';
import s from '../components/case.module.css';

interface PlainAreaProps extends WritingProps {
  ref: Ref<WritingHandle>;
  phone: boolean;
}

/** Text and nothing else, as chats and notes have it. */
export function PlainArea({ ref, phone, text, onChange, onCaret, label, active, ...rest }: PlainAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useGrowing(area, text, phone);
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    blur: () => area.current?.blur(),
    replaceBefore(length, words) {
      const box = area.current;
      if (!box) return;
      box.focus();
      box.setSelectionRange(box.selectionStart - length, box.selectionEnd);
      // the only way that can be undone with the keyboard, old as it is
      if (document.execCommand('insertText', false, words)) return;
      box.setRangeText(words, box.selectionStart, box.selectionEnd, 'end');
      box.dispatchEvent(new Event('input', { bubbles: true }));
    },
    select(words) {
      const at = text.indexOf(words);
      area.current?.focus();
      if (at >= 0) area.current?.setSelectionRange(at, at + words.length);
    },
  }));
  const tellCaret = () => {
    const box = area.current;
    if (!box) return;
    const { selectionStart: from, selectionEnd: to, value } = box;
    onCaret(from === to ? value.slice(value.lastIndexOf('\n', from - 1) + 1, from) : null);
  };
  return (
    <textarea
      ref={area}
      className={s.area}
      rows={2}
      maxLength={200_000}
      value={text}
      aria-label={label}
      aria-autocomplete={active === undefined ? undefined : 'list'}
      aria-controls={active === undefined ? undefined : 'trigger-list'}
      aria-activedescendant={active}
      placeholder={rest.placeholder}
      lang={rest.lang}
      spellCheck={rest.spellCheck}
      onChange={(event) => {
        onChange(event.target.value, null);
        tellCaret();
      }}
      onSelect={tellCaret}
      onBlur={() => onCaret(null)}
    />
  );
}
