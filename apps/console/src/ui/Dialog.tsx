import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** closes by its own button only: what it shows is shown once */
  firm?: boolean;
  children: ReactNode;
}

/** A question or a short form in front of everything else. It is there as long as it is rendered. */
export function Dialog({ title, onClose, firm = false, children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      withCloseButton={!firm}
      closeOnClickOutside={!firm}
      closeOnEscape={!firm}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {children}
    </Modal>
  );
}
