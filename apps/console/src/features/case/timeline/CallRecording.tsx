import { Button } from '@mantine/core';
import { IconExternalLink, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '@loket/contracts/call-views.js';
import { apiUrl } from '../../../api/client.js';
import { AudioPlayer } from './AudioPlayer.js';
import p from './call.module.css';

interface CallRecordingProps {
  messageId: string;
  recording: NonNullable<CallView['recording']>;
}

/** Nothing of it is fetched before somebody asks for it: that is what is written down. */
export function CallRecording({ messageId, recording }: CallRecordingProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<'closed' | 'open' | 'refused'>('closed');
  const url = apiUrl(`/calls/${messageId}/recording`);
  if (state === 'refused') return <p className={p.hint}>{t('case.call.notAllowed')}</p>;
  if (recording.kind === 'link')
    return (
      <div className={p.recording}>
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noreferrer noopener"
          size="xs"
          variant="default"
          leftSection={<IconExternalLink size={14} />}
        >
          {t('case.call.openRecording')}
        </Button>
        <span className={p.hint}>{t('case.call.playNote')}</span>
      </div>
    );
  if (state === 'open')
    return (
      <AudioPlayer
        file={{
          ...{
            id: messageId,
            name: t('case.call.recording'),
            mediaType: recording.mediaType ?? 'audio/mpeg',
          },
          ...{ size: 0, sha256: '', inline: false, contentId: null, url },
        }}
      />
    );
  // asks whether one may, and does not count as having listened
  const open = () =>
    fetch(url, { method: 'HEAD', credentials: 'same-origin' }).then(
      ({ status }) => setState(status === 403 ? 'refused' : 'open'),
      () => setState('open'),
    );
  return (
    <div className={p.recording}>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={14} />}
        onClick={() => void open()}
      >
        {t('case.call.play')}
      </Button>
      <span className={p.hint}>{t('case.call.playNote')}</span>
    </div>
  );
}
