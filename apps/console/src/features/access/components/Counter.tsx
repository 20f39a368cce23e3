import { useTranslation } from 'react-i18next';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { ChannelMark, channelColor, useChannelName } from '../../../ui/ChannelMark.js';
import s from './auth.module.css';

const kinds: ChannelKind[] = ['email', 'whatsapp', 'webchat', 'phone'];

/** What Loket does, as a drawing: many ways in, one case out. */
export function Counter() {
  const { t } = useTranslation();
  const name = useChannelName();
  return (
    <div className={s.counter} aria-hidden>
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>
            <ChannelMark kind={kind} size={15} />
            {name(kind)}
          </li>
        ))}
      </ul>
      <svg width="180" height="240" viewBox="0 0 180 240" fill="none" preserveAspectRatio="none">
        {kinds.map((kind, index) => {
          const y = 30 + index * 60;
          const path = `M0 ${y} C 90 ${y}, 90 120, 180 120`;
          return <path key={kind} d={path} stroke={channelColor(kind)} strokeWidth="2" strokeOpacity=".75" />;
        })}
      </svg>
      <div className={s.oneCase}>
        <small>{t('access.counter.customer')}</small>
        <b>{t('access.counter.case')}</b>
        <small>{t('access.counter.threads')}</small>
      </div>
    </div>
  );
}
