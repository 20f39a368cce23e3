import { useState } from 'react';
import { usePicture } from './pictures.js';
import s from './ui.module.css';

/** At most two capitals: of the first words of a name, or the first letter of an address. */
export function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter((word) => /^\p{L}/u.test(word));
  return words
    .slice(0, name.includes('@') ? 1 : 2)
    .map((word) => [...word][0])
    .join('')
    .toUpperCase();
}

/** One of six soft tints, always the same for the same name. */
function tint(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 6007;
  return sum % 6;
}

interface FaceProps {
  name: string;
  /** address; initials stand for it where there is none, or it cannot be shown */
  picture?: string | null;
  size?: number;
  /** the name stands beside it already: hide it from screen readers */
  silent?: boolean;
}

export function Face({ name, picture = null, size = 20, silent = false }: FaceProps) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span
      className={s.av}
      data-tint={tint(name)}
      style={{ width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.4)) }}
      title={silent ? undefined : name}
    >
      {picture !== null && picture !== broken ? (
        <img src={picture} alt="" draggable={false} onError={() => setBroken(picture)} />
      ) : (
        <span aria-hidden>{initials(name) || '#'}</span>
      )}
      {!silent && <span className="sr">{name}</span>}
    </span>
  );
}

interface AgentFaceProps {
  /** without an id it is nobody of ours, or somebody of whom only the name is known */
  agent: { id?: string | null; name: string };
  size?: number;
  silent?: boolean;
}

/** A colleague, with the picture that he has today wherever he is shown. */
export function AgentFace({ agent, ...rest }: AgentFaceProps) {
  return <Face name={agent.name} picture={usePicture(agent.id)} {...rest} />;
}
