import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Suggestion } from '@loket/contracts/suggestions.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import s from './suggestions.module.css';

interface CauseGroupProps {
  suggestion: Suggestion;
  /** ids of the cases that are not to be linked */
  without: ReadonlySet<string>;
  onWithout: (without: ReadonlySet<string>) => void;
  title: string;
  onTitle: (title: string) => void;
}

/** Cases of several customers that may have one cause: which of them, and what the incident is called. */
export function CauseGroup({ suggestion, without, onWithout, title, onTitle }: CauseGroupProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const flip = (id: string) => {
    const next = new Set(without);
    if (!next.delete(id)) next.add(id);
    onWithout(next);
  };
  return (
    <>
      {suggestion.incident ? (
        <p className={s.into}>
          {t('suggestions.intoIncident', {
            number: suggestion.incident.number,
            title: suggestion.incident.title,
          })}
        </p>
      ) : (
        <TextInput
          label={t('suggestions.incidentTitle')}
          maxLength={300}
          mb={14}
          value={title}
          onChange={(event) => onTitle(event.currentTarget.value)}
        />
      )}
      <ul className={s.causes}>
        {suggestion.cases.map((one) => (
          <li key={one.id}>
            <Checkbox
              size="xs"
              id={`cause-${one.id}`}
              checked={!without.has(one.id)}
              onChange={() => flip(one.id)}
              aria-label={`#${one.number} ${one.subject}`}
            />
            <label htmlFor={`cause-${one.id}`} style={{ minWidth: 0 }}>
              <span className={s.causeTop}>
                <b className="cut">{one.subject || t('suggestions.noSubject')}</b>
                <ChannelMarks kinds={one.channelKinds} size={13} />
                <time dateTime={one.createdAt}>{format.short(one.createdAt)}</time>
              </span>
              <small className="cut">
                {nameOf(one.customer)} · {one.excerpts[0]?.text ?? one.preview}
              </small>
            </label>
            <Link href={`/inbox/all/${one.number}`} className="num">
              #{one.number}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
