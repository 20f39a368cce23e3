import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { AuthFrame } from './AuthFrame.js';
import s from './auth.module.css';

/** A link that opens nothing: why, and what to do now. */
export function LinkFault({
  title,
  error,
  help,
  onRetry,
}: {
  title: string;
  /** null: the address holds no secret */
  error: unknown;
  help: string;
  onRetry: () => void;
}) {
  const { t } = useTranslation();
  // not the link's fault: the server cannot be reached, or asks to wait
  const passing = error instanceof ApiError && (error.status === 0 || error.status >= 429);
  const why = error === null ? t('access.link.incomplete') : errorText(t, error);
  return (
    <AuthFrame title={title} intro={why}>
      <div className={s.stack}>
        {!passing && <p className={s.hint}>{help}</p>}
        {passing ? (
          <Button size="md" fullWidth onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        ) : (
          <Button component={Link} href="/signin" size="md" fullWidth variant="default">
            {t('access.link.toSignIn')}
          </Button>
        )}
      </div>
    </AuthFrame>
  );
}
