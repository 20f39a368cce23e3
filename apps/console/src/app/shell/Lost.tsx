import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyState } from '../../ui/EmptyState.js';

/** An address that leads nowhere. */
export function Lost() {
  const { t } = useTranslation();
  return (
    <>
      <title>{`${t('app.lost.title')} · Loket`}</title>
      <EmptyState
        icon={<IconMapQuestion size={26} stroke={1.5} />}
        title={t('app.lost.title')}
        action={
          <Button component={Link} href="/inbox/all">
            {t('app.lost.home')}
          </Button>
        }
      >
        {t('app.lost.why')}
      </EmptyState>
    </>
  );
}
