import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { useOperations } from '../../../api/operations.js';
import { openDialog, type DialogRequest } from '../../../ui/dialogs.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { Frame } from './Frame.js';
import { OperationLine } from './OperationLine.js';
import s from './operations.module.css';

type Request = Extract<DialogRequest, { kind: 'history' }>;

/** Everything that was merged, split, linked and undone, newest first. */
export function HistoryDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useOperations(request.of);
  const late = useLate(list.isPending);
  const operations = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Frame title={t('operations.history.title', { of: request.title })} size={620} onClose={onClose}>
      <div
        className={s.list}
        tabIndex={0}
        data-autofocus
        role="region"
        aria-label={t('operations.history.label')}
      >
        {late && <Skeleton lines={4} gap={16} />}
        {list.error && (
          <p className={s.none} role="alert">
            {errorText(t, list.error)}
          </p>
        )}
        {list.isSuccess && operations.length === 0 && (
          <EmptyState icon={<IconHistory size={26} stroke={1.5} />} title={t('operations.history.none')}>
            {t('operations.history.noneWhy')}
          </EmptyState>
        )}
        <ol>
          {operations.map((operation) => (
            <OperationLine
              key={operation.id}
              operation={operation}
              action={
                <Button
                  size="xs"
                  variant="default"
                  onClick={() =>
                    openDialog({
                      kind: 'undo',
                      operationId: operation.id,
                      then: () => setTimeout(() => openDialog(request)),
                    })
                  }
                >
                  {t('ui.undo')}
                </Button>
              }
            />
          ))}
        </ol>
        {list.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('operations.history.more')}
          </Button>
        )}
      </div>
    </Frame>
  );
}
