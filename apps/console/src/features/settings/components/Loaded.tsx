import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import s from './settings.module.css';

/** Shows what a query brought; before that a still skeleton, and on failure the reason with a way on. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  const late = useLate(query.isPending);
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    return (
      <div className={s.note} data-tone="danger" role="alert">
        {errorText(t, query.error)}
        <div className={s.noteActs}>
          <Button size="xs" variant="default" onClick={() => void query.refetch()}>
            {t('ui.retry')}
          </Button>
        </div>
      </div>
    );
  }
  return late ? <Skeleton lines={4} gap={14} /> : null;
}
