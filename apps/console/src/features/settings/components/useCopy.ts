import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../ui/toasts.js';

/** Copies a text and says so for two seconds, or says why it could not. */
export function useCopy(): { copied: boolean; copy: (text: string) => Promise<void> } {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // plain http on another host has no clipboard
      showToast({ tone: 'danger', text: t('settings.copy.failed') });
    }
  };
  return { copied, copy };
}
