import { Popover } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import s from './ui.module.css';

export interface PickerOption {
  id: string;
  label: string;
  icon?: ReactNode;
  hint?: string;
  selected?: boolean;
  /** choosing it leads to further options: the list stays open */
  stays?: boolean;
}

interface PickerProps {
  label: string;
  options: readonly PickerOption[];
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onPick: (id: string) => void;
  /** what else the typed text may mean, below what it matches */
  extra?: (typed: string) => readonly PickerOption[];
  /** the button that it hangs on */
  children: ReactElement;
}

/** A short list to type in and choose from: ↑ ↓ Enter Esc. */
export function Picker({ label, options, opened, onOpened, onPick, extra, children }: PickerProps) {
  return (
    <Popover
      opened={opened}
      onChange={onOpened}
      position="bottom-start"
      width={250}
      trapFocus
      returnFocus
      // a layer that still fades away would swallow the next key
      transitionProps={{ exitDuration: 0 }}
      attributes={{ dropdown: { 'aria-label': label } }}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown data-layer>
        <PickerList
          label={label}
          options={options}
          onPick={onPick}
          onClose={() => onOpened(false)}
          {...(extra && { extra })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function PickerList({
  label,
  options,
  onPick,
  onClose,
  extra,
}: Pick<PickerProps, 'label' | 'options' | 'onPick' | 'extra'> & { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const q = text.trim().toLowerCase();
  const hits = [
    ...options.filter((option) => option.label.toLowerCase().includes(q)),
    ...(q ? (extra?.(text.trim()) ?? []) : []),
  ];
  const active = Math.max(0, Math.min(at, hits.length - 1));
  const pick = (option: PickerOption | undefined) => {
    if (!option) return;
    if (option.stays) {
      setText('');
      setAt(0);
    } else onClose();
    onPick(option.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = (active + step + hits.length) % Math.max(1, hits.length);
      setAt(next);
      document.getElementById(`picker-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      pick(hits[active]);
    }
  };
  return (
    <>
      <input
        className={s.pickIn}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="picker"
        aria-activedescendant={hits.length ? `picker-${active}` : undefined}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="picker" role="listbox" aria-label={label} className={s.pickList}>
        {hits.map((option, index) => (
          <div
            key={option.id}
            id={`picker-${index}`}
            role="option"
            aria-selected={index === active}
            className={s.pickRow}
            onMouseMove={() => setAt(index)}
            onClick={() => pick(option)}
          >
            {option.icon}
            <span className="cut grow">{option.label}</span>
            {option.hint && <span className={s.pickHint}>{option.hint}</span>}
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className={s.pickNone}>{t('ui.noMatches')}</p>}
    </>
  );
}
