import type { Availability } from '@loket/contracts/teams.js';
import s from './presence.module.css';

/** Whether somebody is there, beside his face. The word for it stands elsewhere: colour alone says nothing to many. */
export function AvailabilityDot({ availability }: { availability: Availability }) {
  return <span className={s.dot} data-is={availability} aria-hidden />;
}
