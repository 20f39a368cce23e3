import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AgentFace } from '../../../ui/Face.js';
import type { useTyped } from './useTyped.js';
import { TriggerList } from './TriggerList.js';
import s from './composer.module.css';

/** Canned answers or colleagues, while one types for them. */
export function TypedList({ typed }: { typed: ReturnType<typeof useTyped> }) {
  const { t } = useTranslation();
  const { trigger, options, active, setActive, take } = typed;
  if (!trigger) return null;
  const canned = trigger.sign === '/';
  return (
    <TriggerList
      label={t(canned ? 'case.canned.label' : 'case.note.people')}
      options={options}
      active={active}
      onActive={setActive}
      onTake={take}
      none={t(canned ? 'case.canned.none' : 'case.note.nobody')}
    >
      {(option) =>
        canned ? (
          <>
            <span className={s.optionHead}>
              <b className="cut">{option.title}</b>
              {option.otherLanguage && (
                <small className={s.language}>{t(`case.spelling.short.${option.otherLanguage}`)}</small>
              )}
              {option.files > 0 && <IconPaperclip size={13} role="img" aria-label={t('case.files')} />}
              <span className="grow" />
              <code>/{option.shortcut}</code>
            </span>
            <span className={s.optionText}>{option.preview}</span>
          </>
        ) : (
          <span className={s.optionHead}>
            <AgentFace agent={{ id: option.id, name: option.title }} size={20} silent />
            <span className="cut">{option.title}</span>
          </span>
        )
      }
    </TriggerList>
  );
}
