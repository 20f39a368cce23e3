import { ActionIcon, Select, Switch, TagsInput, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import c from '../components/settings.module.css';
import type { FieldProblem } from '../components/useEmailForm.js';
import { questionKinds, type QuestionKind } from '../questions.js';
import type { Question } from '../webchat-form.js';
import s from './webchat.module.css';
import { WordsFields } from './WordsFields.js';

/** One question of the form before the chat. */
export function QuestionFields({
  at,
  count,
  question,
  problem,
  onChange,
  onKind,
  onMove,
  onRemove,
}: {
  at: number;
  count: number;
  question: Question;
  problem: FieldProblem;
  onChange: (part: Partial<Question>) => void;
  onKind: (kind: QuestionKind) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const path = `preChat.${String(at)}`;
  const n = at + 1;
  const answerFault = problem(`${path}.id`);
  return (
    <li className={s.question} aria-label={t('settings.webchat.question', { n })}>
      <div className={s.questionHead}>
        <Select
          aria-label={t('settings.webchat.questionKind', { n })}
          data={questionKinds.map((value) => ({ value, label: t(`settings.webchat.kinds.${value}`) }))}
          value={question.kind}
          allowDeselect={false}
          onChange={(kind) => kind && onKind(kind)}
        />
        <Switch
          label={t('settings.webchat.required')}
          checked={question.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
        <span className={s.acts}>
          <Act label={t('settings.webchat.up', { n })} disabled={at === 0} onClick={() => onMove(at - 1)}>
            <IconArrowUp size={15} />
          </Act>
          <Act
            label={t('settings.webchat.down', { n })}
            disabled={at === count - 1}
            onClick={() => onMove(at + 1)}
          >
            <IconArrowDown size={15} />
          </Act>
          <Act label={t('settings.webchat.removeQuestion', { n })} onClick={onRemove}>
            <IconTrash size={15} />
          </Act>
        </span>
      </div>
      <WordsFields
        label={t('settings.webchat.questionLabel')}
        most={80}
        value={question.label}
        onChange={(label) => onChange({ label })}
        field={`${path}.label`}
        problem={problem}
      />
      {question.kind === 'choice' && (
        <TagsInput
          label={t('settings.webchat.options')}
          description={t('settings.webchat.optionsWhy')}
          value={question.options}
          onChange={(options) => onChange({ options: options.map((option) => option.slice(0, 80)) })}
          maxTags={20}
          acceptValueOnBlur
          error={problem(`${path}.options`)}
        />
      )}
      <details className={c.more} open={answerFault !== undefined || undefined}>
        <summary>{t('settings.webchat.answerName')}</summary>
        <div>
          <TextInput
            aria-label={t('settings.webchat.answerName')}
            description={t('settings.webchat.answerNameWhy')}
            maxLength={40}
            value={question.id}
            onChange={(event) => onChange({ id: event.currentTarget.value.trim().toLowerCase() })}
            error={answerFault}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
      </details>
    </li>
  );
}

function Act({
  label,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
