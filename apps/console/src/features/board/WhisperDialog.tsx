import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { whisper } from '../../api/board.js';
import { errorText } from '../../api/error-text.js';
import { Dialog } from '../../ui/Dialog.js';
import { openDialog, useDialogRequest } from '../../ui/dialogs.js';
import { AgentFace } from '../../ui/Face.js';
import { ButtonKeys } from '../../ui/Keys.js';
import { showToast } from '../../ui/toasts.js';
import s from './components/board.module.css';

/** A word to the agent alone. It stands in the case, for him and for whoever wrote it. */
export function WhisperDialog() {
  const { t } = useTranslation();
  const request = useDialogRequest();
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  if (request?.kind !== 'whisper') return null;
  const { caseId, number, to } = request;
  const close = () => openDialog(null);
  const send = async () => {
    if (text.trim() === '' || sending) return;
    setSending(true);
    try {
      await whisper(caseId, to.id, text.trim());
      close();
      showToast({ text: t('board.whisper.done', { name: to.name }) });
    } catch (error) {
      setSending(false);
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };
  return (
    <Dialog
      title={t('board.whisper.title', { name: to.name })}
      onClose={close}
      steady={text !== ''}
      width={460}
    >
      <p className={s.whisperTo}>
        <AgentFace agent={to} size={20} silent />
        {t('board.whisper.about', { name: to.name, number })}
      </p>
      <Textarea
        data-autofocus
        autosize
        minRows={4}
        maxRows={12}
        aria-label={t('board.whisper.text')}
        placeholder={t('board.whisper.placeholder')}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send();
        }}
      />
      <div className={s.dialogFoot}>
        <Button variant="default" onClick={close}>
          {t('ui.cancel')}
        </Button>
        <Button
          loading={sending}
          disabled={text.trim() === ''}
          onClick={() => void send()}
          rightSection={<ButtonKeys keys="⌘ ↵" />}
        >
          {t('board.whisper.send')}
        </Button>
      </div>
    </Dialog>
  );
}
