import { useTranslation } from 'react-i18next';
import { usePresence } from '../../../api/live.js';
import { AgentFace } from '../../../ui/Face.js';
import s from './board.module.css';

/** beside them there is room for the rest of a small card */
const mostFaces = 2;

/** Who is on this case now, apart from oneself; a ringed face is writing, and stands first. */
export function Present({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const present = usePresence(caseId);
  if (present.length === 0) return null;
  const ordered = present.toSorted((a, b) => Number(b.state === 'typing') - Number(a.state === 'typing'));
  const shown = ordered.slice(0, present.length > mostFaces ? mostFaces - 1 : mostFaces);
  const words = ordered.map(({ name, state }) => t(`board.present.${state}`, { name })).join(', ');
  return (
    <span className={s.present} title={words}>
      <span className="sr">{words}</span>
      {shown.map(({ agentId, name, state }) => (
        <span key={agentId} data-edit={state === 'typing' || undefined}>
          <AgentFace agent={{ id: agentId, name }} size={16} silent />
        </span>
      ))}
      {present.length > shown.length && <small aria-hidden>+{present.length - shown.length}</small>}
    </span>
  );
}
