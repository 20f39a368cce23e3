import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat/chat.js';
import type { Texts } from '../texts/en.js';
import { fileSize } from '../texts/texts.js';

export interface Draft {
  text: string;
  files: File[];
  /** why something was not taken, for people */
  fault: string | null;
  setText(text: string): void;
  addFiles(files: readonly File[]): void;
  removeFile(file: File): void;
  send(): void;
}

/** What is being written; the words survive a reload of the page, the files do not. */
export function useDraft(chat: Chat, t: Texts): Draft {
  const [text, setText] = useState(chat.draft);
  const [files, setFiles] = useState<File[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const latest = useRef(files);
  latest.current = files;

  useEffect(() => {
    chat.draft = text;
  }, [text]);

  const addFiles = (added: readonly File[]): void => {
    const rules = chat.state.config.files;
    if (!rules || added.length === 0) return;
    let next: string | null = null;
    const kept = [...latest.current];
    for (const file of added) {
      if (file.size > rules.maxBytes) next = t.fileTooLarge(file.name, fileSize(t, rules.maxBytes));
      else if (!rules.types.includes(file.type.split(';')[0]!)) next = t.fileType(file.name);
      else if (kept.length >= visitorLimits.files) next = t.tooManyFiles(visitorLimits.files);
      else kept.push(file);
    }
    setFault(next);
    setFiles(kept);
  };

  return {
    text,
    files,
    fault,
    setText(words) {
      setText(words.slice(0, visitorLimits.text));
      setFault(words.length > visitorLimits.text ? t.textTooLong(visitorLimits.text) : null);
      chat.typed(words.trim() !== '');
    },
    addFiles,
    removeFile: (file) => setFiles(files.filter((other) => other !== file)),
    send() {
      if (text.trim() === '' && files.length === 0) return;
      void chat.write(text.trim(), files);
      setText('');
      setFiles([]);
      setFault(null);
    },
  };
}
