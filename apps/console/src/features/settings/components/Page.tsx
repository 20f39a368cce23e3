import { IconArrowLeft } from '@tabler/icons-react';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import s from './settings.module.css';

interface PageProps {
  title: string;
  icon?: ReactNode;
  intro?: ReactNode;
  action?: ReactNode;
  back?: { to: string; label: string };
  narrow?: boolean;
  children: ReactNode;
}

/** Head and measure of one settings screen. */
export function Page({ title, icon, intro, action, back, narrow = false, children }: PageProps) {
  return (
    <div className={clsx(s.in, narrow && s.narrow)}>
      <title>{`${title} · Loket`}</title>
      {back && (
        <Link href={back.to} className={s.back}>
          <IconArrowLeft size={15} stroke={1.8} />
          {back.label}
        </Link>
      )}
      <header className={s.head}>
        <div className="grow">
          <h1>
            {icon}
            <span className="cut">{title}</span>
          </h1>
          {intro && <p>{intro}</p>}
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}
