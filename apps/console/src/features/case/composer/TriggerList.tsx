import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import s from './composer.module.css';

interface TriggerListProps<T extends { id: string }> {
  label: string;
  options: readonly T[];
  active: number;
  onActive: (at: number) => void;
  onTake: (option: T) => void;
  /** stands there when there is nothing to choose from at all */
  none: ReactNode;
  children: (option: T) => ReactNode;
}

/** Above the box, while the focus stays in it. */
export function TriggerList<T extends { id: string }>({
  label,
  options,
  active,
  onActive,
  onTake,
  none,
  children,
}: TriggerListProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, options]);
  return (
    <div className={s.triggers} data-layer>
      {options.length === 0 ? (
        <p className={s.none} role="status">
          {none}
        </p>
      ) : (
        <div ref={list} id="trigger-list" role="listbox" aria-label={label} className={s.options}>
          {options.map((option, at) => (
            <div
              key={option.id}
              id={`trigger-${at}`}
              role="option"
              aria-selected={at === active}
              className={s.option}
              onMouseMove={() => onActive(at)}
              // the focus stays in the text
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(option)}
            >
              {children(option)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
