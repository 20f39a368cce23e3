import { useTranslation } from 'react-i18next';
import type { MailPreset } from '@loket/contracts/mail-presets.js';
import { Linked } from '../../../ui/Linked.js';
import s from './settings.module.css';

/** What has to be done at the provider before its mailbox can be read. */
export function ProviderHint({ preset }: { preset: MailPreset | null }) {
  const { t } = useTranslation();
  if (!preset || preset.hints.length === 0) return null;
  return (
    <div className={s.note} role="status">
      {preset.hints.map((hint) => (
        <p key={hint}>
          <Linked
            text={t(`settings.hint.${preset.id}.${hint}`, {
              defaultValue: t(`settings.hint.any.${hint}`, { name: preset.name }),
            })}
          />
        </p>
      ))}
    </div>
  );
}
