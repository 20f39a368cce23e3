import type { TagColour } from '@loket/contracts/tags.js';
import s from './ui.module.css';

/** The colour of an agreed tag; its name always stands beside it. */
export function TagDot({ colour }: { colour: TagColour }) {
  return <i className={s.tagDot} data-c={colour} aria-hidden />;
}
