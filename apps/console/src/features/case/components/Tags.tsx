import { Combobox, useCombobox } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { useCase, useChangeCase } from '../../../api/cases.js';
import { useTagColours, useTags, useTagSettings } from '../../../api/tags.js';
import { Chip } from '../../../ui/Chip.js';
import { TagDot } from '../../../ui/TagDot.js';
import { showToast } from '../../../ui/toasts.js';
import { tagChoices } from '../tag-choices.js';
import s from './case.module.css';

/** The case's tags: shown, added, removed. */
export function Tags({ number }: { number: number }) {
  const { t } = useTranslation();
  const detail = useCase(number).data;
  const changeCase = useChangeCase();
  const colourOf = useTagColours();
  const [adding, setAdding] = useState(false);
  if (!detail) return null;
  const save = (tags: string[]) =>
    changeCase(number, { tags }).catch((error: unknown) =>
      showToast({ tone: 'danger', text: errorText(t, error) }),
    );
  return (
    <div className={s.tags}>
      {detail.tags.map((tag) => {
        const colour = colourOf(tag);
        return (
          <Chip key={tag}>
            {colour && <TagDot colour={colour} />}
            {tag}
            <button
              className={s.attX}
              aria-label={t('case.tags.remove', { tag })}
              onClick={() => void save(detail.tags.filter((other) => other !== tag))}
            >
              <IconX size={12} />
            </button>
          </Chip>
        );
      })}
      {adding ? (
        <TagInput
          taken={detail.tags}
          onDone={(tag) => {
            setAdding(false);
            if (tag !== null) void save([...detail.tags, tag]);
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

/** Agreed tags are offered as one types; other words where they are allowed. */
function TagInput({ taken, onDone }: { taken: readonly string[]; onDone: (tag: string | null) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const tags = useTags().data ?? [];
  const free = useTagSettings().data?.free ?? true;
  const { offered, own } = tagChoices(text, tags, taken, free);
  const combobox = useCombobox({ defaultOpened: true });
  return (
    <Combobox store={combobox} onOptionSubmit={onDone} position="bottom-start" width={220} shadow="none">
      <Combobox.Target>
        <input
          className={s.tagIn}
          autoFocus
          aria-label={t('case.tags.add')}
          maxLength={50}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onBlur={() => onDone(null)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape') {
              event.stopPropagation();
              onDone(null);
            }
            // what was chosen with the arrows is the combobox's to submit
            if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() >= 0) return;
            event.preventDefault();
            const first = text.trim() ? (offered[0]?.name ?? own) : null;
            onDone(first ?? null);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown data-layer>
        <Combobox.Options aria-label={t('case.tags.add')} mah={240} style={{ overflowY: 'auto' }}>
          {offered.map(({ id, name, colour, description }) => (
            <Combobox.Option key={id} value={name} title={description} className={s.tagOption}>
              <TagDot colour={colour} />
              <span className="cut">{name}</span>
            </Combobox.Option>
          ))}
          {own !== null && (
            <Combobox.Option value={own} className={s.tagOption}>
              <IconPlus size={12} aria-hidden />
              <span className="cut">{t('case.tags.addWord', { word: own })}</span>
            </Combobox.Option>
          )}
          {offered.length === 0 && own === null && (
            <Combobox.Empty>{t(text.trim() ? 'case.tags.notAgreed' : 'case.tags.hint')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
