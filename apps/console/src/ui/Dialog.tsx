import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import s from './dialog.module.css';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** closes by its own button only: what it shows is shown once */
  firm?: boolean;
  /** a click beside it does not close it: that would lose what is under way */
  steady?: boolean;
  /** pixels, where the usual width is too narrow */
  width?: number;
  children: ReactNode;
}

/** A question or a short form in front of everything else, for as long as it is rendered. The focus goes back after it. */
export function Dialog({ title, onClose, firm = false, steady = false, width, children }: DialogProps) {
  const { t } = useTranslation();
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) setTimeout(() => opener.focus());
    },
    [opener],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      {...(width !== undefined && { size: width })}
      classNames={{ header: s.header ?? '', title: s.title ?? '', body: s.body ?? '' }}
      withCloseButton={!firm}
      closeOnClickOutside={!firm && !steady}
      closeOnEscape={!firm}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {children}
    </Modal>
  );
}
