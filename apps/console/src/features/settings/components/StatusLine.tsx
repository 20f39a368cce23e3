import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useNow } from '../../../ui/useNow.js';
import { awaitsPhone, healthOf, isBroken, needsPairing } from '../channel-health.js';
import { failureText } from '../failure-text.js';
import s from './settings.module.css';

/** Dot, word and since when. */
export function StatusLine({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { tone, word } = healthOf(channel);
  const span = format.span(now.getTime() - Date.parse(channel.statusAt));
  return (
    <span className={s.st} data-s={tone}>
      <span className="cut" title={format.full(channel.statusAt)}>
        {t(`settings.status.${word}`)}
        {isBroken(channel) && ` · ${span}`}
      </span>
    </span>
  );
}

/** Why it is not connected, and the server's own words for the curious. Nothing while all is well. */
export function StatusReason({
  channel,
  words = false,
  next = true,
}: {
  channel: Channel;
  words?: boolean;
  /** says what comes next, too */
  next?: boolean;
}) {
  const { t } = useTranslation();
  const { status, statusCode, statusDetail } = channel;
  if (status !== 'disconnected' && status !== 'paused') return null;
  return (
    <div className={s.why} data-s={awaitsPhone(channel) ? 'wait' : undefined}>
      {failureText(t, statusCode)} {next && !needsPairing(channel) && t(`settings.status.then.${status}`)}
      {words && statusDetail && <ServerWords text={statusDetail} />}
    </div>
  );
}

export function ServerWords({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <details className={s.words}>
      <summary>{t('settings.test.words')}</summary>
      <code>{text}</code>
    </details>
  );
}
