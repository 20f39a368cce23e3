import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconDeviceTablet, IconHelpCircle } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { Chip } from '../../../ui/Chip.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useRevokeSession, useSessions, type SessionInfo } from '../api.js';
import { useRevokeOtherSessions } from '../security/api.js';
import { deviceOf } from '../../../ui/device.js';
import { Loaded } from './Loaded.js';
import s from './settings.module.css';

const icons = {
  phone: IconDeviceMobile,
  tablet: IconDeviceTablet,
  desktop: IconDeviceDesktop,
  unknown: IconHelpCircle,
};

/** Where one is signed in, and the way to end it there. */
export function SessionsPanel() {
  const { t } = useTranslation();
  const sessions = useSessions();
  const revoke = useRevokeSession();
  const others = useRevokeOtherSessions();
  const box = useRef<HTMLElement>(null);
  const end = (id: string) =>
    revoke.mutate(id, {
      onSuccess: () => {
        showToast({ text: t('settings.profile.sessionEnded') });
        // its row goes, and the button in it
        box.current?.focus();
      },
      onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
    });
  const endOthers = () =>
    others.mutate(undefined, {
      onSuccess: () => {
        showToast({ text: t('settings.profile.othersEnded') });
        box.current?.focus();
      },
      onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
    });
  return (
    <section
      ref={box}
      className={s.panel}
      tabIndex={-1}
      style={{ outline: 'none' }}
      aria-labelledby="own-sessions"
    >
      <h2 id="own-sessions">{t('settings.profile.sessions')}</h2>
      <p>{t('settings.profile.sessionsWhy')}</p>
      <Loaded query={sessions}>
        {(items) => (
          <>
            <ul className={s.tbl} style={{ marginBottom: 0 }}>
              {items.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  busy={revoke.isPending}
                  onEnd={() => end(session.id)}
                />
              ))}
            </ul>
            {items.length > 1 && (
              <Button variant="default" mt={14} loading={others.isPending} onClick={endOthers}>
                {t('settings.profile.endOthers')}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function SessionRow({ session, busy, onEnd }: { session: SessionInfo; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { browser, system, kind } = deviceOf(session.userAgent);
  const Icon = icons[kind];
  const name = [browser, system].filter(Boolean).join(' · ') || t('settings.profile.unknownDevice');
  return (
    <li className={`${s.r} ${s.sessionRow}`}>
      <Icon size={18} stroke={1.6} color="var(--lk-text-3)" aria-hidden />
      <div style={{ minWidth: 0 }}>
        <b className="cut" style={{ display: 'block' }} title={session.userAgent ?? undefined}>
          {name}
        </b>
        <small>
          {t('settings.profile.seen', { at: format.short(session.lastSeenAt) })}
          {session.ip && ` · ${session.ip}`}
        </small>
      </div>
      <span className={s.end}>
        {session.current ? (
          <Chip tone="ok">{t('settings.profile.thisDevice')}</Chip>
        ) : (
          <Button
            size="xs"
            variant="subtle"
            disabled={busy}
            onClick={onEnd}
            aria-label={`${t('settings.profile.end')}: ${name}`}
          >
            {t('settings.profile.end')}
          </Button>
        )}
      </span>
    </li>
  );
}
