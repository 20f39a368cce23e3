import { ActionIcon, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../../../ui/media.js';
import s from './operations.module.css';

interface FrameProps {
  title: string;
  size?: number;
  onClose: () => void;
  /** Ctrl or ⌘ with Enter, anywhere in it */
  onConfirm?: () => void;
  children: ReactNode;
}

/** A large dialog: a heading, what the children put below it, the whole screen on a phone. The focus goes back after it. */
export function Frame({ title, size = 940, onClose, onConfirm, children }: FrameProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) setTimeout(() => opener.isConnected && opener.focus());
    },
    [opener],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size={size}
      fullScreen={phone}
      withCloseButton={false}
      padding={0}
      centered
      classNames={{ body: s.frame ?? '', content: s.content ?? '' }}
      attributes={{ content: { 'aria-label': title } }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onConfirm?.();
      }}
    >
      <header className={s.top}>
        <h2>{title}</h2>
        <span className="grow" />
        <ActionIcon size={phone ? 44 : 28} onClick={onClose} aria-label={t('ui.close')}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      {children}
    </Modal>
  );
}

/** One of two that remains: a card that is a radio button. */
export function Remains<T extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string;
  value: T;
  options: readonly { value: T; title: string; hint: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className={s.f}>
      <legend>{legend}</legend>
      <div className={s.opts}>
        {options.map((option) => (
          <label key={option.value} className={s.opt}>
            <input
              type="radio"
              name="remains"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className="grow">
              <span className={`${s.optTitle} cut`}>{option.title}</span>
              <small className="cut">{option.hint}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
