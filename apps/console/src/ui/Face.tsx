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
  size?: number;
  /** the name stands beside it already: hide it from screen readers */
  silent?: boolean;
}

export function Face({ name, size = 20, silent = false }: FaceProps) {
  return (
    <span
      className={s.av}
      data-tint={tint(name)}
      style={{ width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.4)) }}
      title={silent ? undefined : name}
    >
      <span aria-hidden>{initials(name) || '#'}</span>
      {!silent && <span className="sr">{name}</span>}
    </span>
  );
}

/** A colleague. Same shape as `Face`, kept apart because agents may get pictures and presence. */
export function AgentFace({
  agent,
  size,
  silent,
}: {
  agent: { name: string };
  size?: number;
  silent?: boolean;
}) {
  return <Face name={agent.name} {...(size && { size })} {...(silent && { silent })} />;
}
