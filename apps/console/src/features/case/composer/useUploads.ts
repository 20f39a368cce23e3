import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '@loket/contracts/cases.js';
import { errorText } from '../../../api/error-text.js';
import { uploadFile } from '../api.js';

export interface PendingUpload {
  id: number;
  name: string;
  size: number;
  mediaType: string;
  error: string | null;
}

/** Files on their way up. Those that arrived are handed over at once; those that failed stay, with the reason. */
export function useUploads(onDone: (upload: Upload) => void) {
  const { t } = useTranslation();
  const [pending, setPending] = useState<readonly PendingUpload[]>([]);
  const running = useRef(new Map<number, AbortController>());
  const nextId = useRef(1);
  useEffect(() => {
    const under = running.current;
    return () => {
      for (const controller of under.values()) controller.abort();
    };
  }, []);

  const remove = useCallback((id: number) => {
    running.current.get(id)?.abort();
    running.current.delete(id);
    setPending((list) => list.filter((file) => file.id !== id));
  }, []);

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const id = nextId.current++;
        const controller = new AbortController();
        running.current.set(id, controller);
        const entry = { id, name: file.name, size: file.size, mediaType: file.type, error: null };
        setPending((list) => [...list, entry]);
        uploadFile(file, controller.signal).then(
          (upload) => {
            remove(id);
            onDone(upload);
          },
          (error: unknown) => {
            running.current.delete(id);
            if (controller.signal.aborted) return;
            setPending((list) =>
              list.map((other) => (other.id === id ? { ...other, error: errorText(t, error) } : other)),
            );
          },
        );
      }
    },
    [onDone, remove, t],
  );
  return {
    pending,
    add,
    remove,
    busy: pending.some((file) => file.error === null),
    failed: pending.some((file) => file.error !== null),
  };
}
