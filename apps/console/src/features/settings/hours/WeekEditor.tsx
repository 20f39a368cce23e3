import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../components/useEmailForm.js';
import c from '../components/settings.module.css';
import { DayHours } from '../webchat/DayHours.js';
import s from '../webchat/webchat.module.css';
import type { Span } from '../webchat-form.js';
import { likeDay, weekdays } from '../week.js';

/** A week of hours, day by day. */
export function WeekEditor({
  week,
  onChange,
  problem,
  neverOpen,
}: {
  week: Span[];
  onChange: (week: Span[]) => void;
  problem: FieldProblem;
  /** what it means when no day is open */
  neverOpen: string;
}) {
  const { t } = useTranslation();
  const first = weekdays.find((day) => week.some((span) => span.day === day));
  return (
    <>
      <ul className={s.week}>
        {weekdays.map((day) => (
          <DayHours key={day} day={day} week={week} problem={problem} onChange={onChange} />
        ))}
      </ul>
      {first === undefined ? (
        <p className={c.note}>{neverOpen}</p>
      ) : (
        <div>
          <button type="button" className={s.link} onClick={() => onChange(likeDay(week, first))}>
            {t('settings.webchat.sameHours', { day: t(`settings.webchat.day.${String(first)}`) })}
          </button>
        </div>
      )}
    </>
  );
}
