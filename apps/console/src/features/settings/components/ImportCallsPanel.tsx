import { Button, FileButton, Progress } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallImport } from '@loket/contracts/call-imports.js';
import { problemsUrl, useCallImports, useUploadCalls } from '../../../api/call-imports.js';
import { errorText } from '../../../api/error-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import { ImportPreview } from './ImportPreview.js';
import s from './settings.module.css';
import m from './imports.module.css';

/** Calls of before, from a file: upload, look, start, and what became of it. */
export function ImportCallsPanel({ channelId }: { channelId: string }) {
  const { t } = useTranslation();
  const imports = useCallImports(channelId).data ?? [];
  const upload = useUploadCalls(channelId);
  const [open, setOpen] = useState<CallImport | null>(null);
  return (
    <section className={s.panel}>
      <h2>{t('settings.imports.title')}</h2>
      <p>{t('settings.imports.intro')}</p>
      <FileButton
        accept=".csv,.txt,text/csv"
        onChange={(file) => file && upload.mutate(file, { onSuccess: setOpen })}
      >
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            loading={upload.isPending}
            leftSection={<IconUpload size={14} />}
          >
            {t('settings.imports.choose')}
          </Button>
        )}
      </FileButton>
      {upload.error && (
        <p className={m.error} role="alert">
          {errorText(t, upload.error)}
        </p>
      )}
      <ul className={m.list}>
        {imports.map((one) => (
          <Line key={one.id} one={one} onOpen={() => setOpen(one)} />
        ))}
      </ul>
      {open && <ImportPreview one={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Line({ one, onOpen }: { one: CallImport; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { progress } = one;
  const figures = {
    imported: format.number(progress.imported),
    known: format.number(progress.known),
    failed: format.number(progress.failed),
  };
  return (
    <li>
      <div className={m.row}>
        <b className="cut grow">{one.name}</b>
        <span className={m.state}>{t(`settings.imports.state.${one.state}`)}</span>
      </div>
      {one.state === 'running' && (
        <Progress
          value={one.size === 0 ? 0 : (100 * progress.bytes) / one.size}
          aria-label={t('settings.imports.progress', { name: one.name })}
        />
      )}
      {one.state !== 'ready' && (
        <p className={m.figures} role="status">
          {t('settings.imports.figures', figures)}
        </p>
      )}
      <div className={m.row}>
        {one.state !== 'running' && (
          <Button size="compact-sm" variant="default" onClick={onOpen}>
            {t(one.state === 'ready' ? 'settings.imports.look' : 'settings.imports.again')}
          </Button>
        )}
        {one.problems > 0 && (
          <Button
            component="a"
            href={problemsUrl(one.channelId, one.id)}
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={13} />}
          >
            {t('settings.imports.problems', { count: one.problems })}
          </Button>
        )}
      </div>
    </li>
  );
}
