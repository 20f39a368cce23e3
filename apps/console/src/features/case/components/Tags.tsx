import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { useCase, useChangeCase } from '../../../api/cases.js';
import { Chip } from '../../../ui/Chip.js';
import { showToast } from '../../../ui/toasts.js';
import s from './case.module.css';

/** The case's tags: shown, added, removed. */
export function Tags({ number }: { number: number }) {
  const { t } = useTranslation();
  const detail = useCase(number).data;
  const changeCase = useChangeCase();
  const [adding, setAdding] = useState(false);
  const [text, setText] = useState('');
  if (!detail) return null;
  const save = (tags: string[]) =>
    changeCase(number, { tags }).catch((error: unknown) =>
      showToast({ tone: 'danger', text: errorText(t, error) }),
    );
  const add = () => {
    const tag = text.trim().slice(0, 50);
    setText('');
    setAdding(false);
    if (tag && !detail.tags.includes(tag)) void save([...detail.tags, tag]);
  };
  return (
    <div className={s.tags}>
      {detail.tags.map((tag) => (
        <Chip key={tag}>
          {tag}
          <button
            className={s.attX}
            aria-label={t('case.tags.remove', { tag })}
            onClick={() => void save(detail.tags.filter((other) => other !== tag))}
          >
            <IconX size={12} />
          </button>
        </Chip>
      ))}
      {adding ? (
        <input
          className={s.tagIn}
          autoFocus
          aria-label={t('case.tags.add')}
          maxLength={50}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) add();
            if (event.key === 'Escape') {
              setText('');
              setAdding(false);
            }
          }}
        />
      ) : (
        <button aria-label={t('case.tags.add')} onClick={() => setAdding(true)}>
          <Chip>
            <IconPlus size={12} />
          </Chip>
        </button>
      )}
    </div>
  );
}
