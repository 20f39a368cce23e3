import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Loaded } from './Loaded.js';
import { Page } from './Page.js';

interface ListPageProps<T> {
  title: string;
  intro: string;
  narrow?: boolean;
  query: UseQueryResult<T[]>;
  /** leads to the page of a new one, or opens its dialog */
  add: { label: string } & ({ to: string } | { onClick: () => void });
  /** what stands there while there is none; the way to the first one stands below it */
  empty: { icon: ReactNode; title: string; text: string };
  /** below the list, and below the empty state too */
  below?: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** A settings screen that lists things of one kind: one way to add another, wherever it stands. */
export function ListPage<T>({ title, intro, narrow, query, add, empty, below, children }: ListPageProps<T>) {
  const button = (variant: 'default' | 'filled') => {
    const look = { variant, leftSection: <IconPlus size={15} stroke={2} /> };
    return 'to' in add ? (
      <Button {...look} component={Link} href={add.to}>
        {add.label}
      </Button>
    ) : (
      <Button {...look} onClick={add.onClick}>
        {add.label}
      </Button>
    );
  };
  return (
    <Page
      title={title}
      intro={intro}
      {...(narrow && { narrow })}
      action={query.data?.length ? button('default') : undefined}
    >
      <Loaded query={query}>
        {(items) => (
          <>
            {items.length > 0 ? (
              children(items)
            ) : (
              <EmptyState icon={empty.icon} title={empty.title} action={button('filled')}>
                {empty.text}
              </EmptyState>
            )}
            {below}
          </>
        )}
      </Loaded>
    </Page>
  );
}
