import type { TFunction } from 'i18next';
import type { Operation } from '@loket/contracts/operations.js';
import type { Format } from '../../ui/format.js';

type Ref = Operation['from'];

/** A case by its number, a customer by name or address. */
function refText(t: TFunction, format: Format, ref: Ref): string {
  if (!ref) return t('operations.someone');
  if ('number' in ref) return `#${ref.number}`;
  return ref.name ?? (ref.address ? format.phone(ref.address) : t('operations.someone'));
}

/** What an operation did, in one line. */
export function operationText(t: TFunction, format: Format, operation: Operation): string {
  return t(`operations.did.${operation.kind}`, {
    from: refText(t, format, operation.from),
    into: refText(t, format, operation.into),
    cases: operation.from ? refText(t, format, operation.from) : t('operations.cases'),
  });
}

/** What went along: “12 messages · 1 note”. Empty when nothing countable moved. */
export function movedText(t: TFunction, format: Format, moved: Operation['moved']): string {
  return Object.entries(moved)
    .filter(([, count]) => count > 0)
    .map(([what, count]) =>
      t(`operations.moved.${what}`, {
        count,
        n: format.number(count),
        defaultValue: `${what.replaceAll('_', ' ')}: ${format.number(count)}`,
      }),
    )
    .join(' · ');
}
