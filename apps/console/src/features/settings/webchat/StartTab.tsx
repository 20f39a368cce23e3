import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import c from '../components/settings.module.css';
import { moved, mostQuestions, newQuestion, withKind } from '../questions.js';
import type { Question } from '../webchat-form.js';
import { QuestionFields } from './QuestionFields.js';
import type { TabProps } from './useWebchatForm.js';
import s from './webchat.module.css';
import { WordsFields } from './WordsFields.js';

/** What is asked, and agreed to, before the first message. */
export function StartTab({ state }: TabProps) {
  const { t } = useTranslation();
  const { form, problem, change } = state;
  const { preChat } = form;
  const set = (at: number, next: Question) =>
    change({ preChat: preChat.map((question, index) => (index === at ? next : question)) });
  return (
    <>
      <fieldset>
        <h2 className={c.sub}>{t('settings.webchat.preChat')}</h2>
        <p className={c.dim}>{t('settings.webchat.preChatWhy')}</p>
        {preChat.length > 0 && (
          <ol className={s.questions}>
            {preChat.map((question, at) => (
              // the name of the answer may be typed; the place is what stays
              <QuestionFields
                key={at}
                at={at}
                count={preChat.length}
                question={question}
                problem={problem}
                onChange={(part) => set(at, { ...question, ...part })}
                onKind={(kind) =>
                  set(
                    at,
                    withKind(
                      question,
                      kind,
                      preChat.filter((other) => other !== question),
                    ),
                  )
                }
                onMove={(to) => change({ preChat: moved(preChat, at, to) })}
                onRemove={() => change({ preChat: preChat.filter((other) => other !== question) })}
              />
            ))}
          </ol>
        )}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={15} stroke={2} />}
            disabled={preChat.length >= mostQuestions}
            onClick={() => change({ preChat: [...preChat, newQuestion(preChat)] })}
          >
            {t('settings.webchat.addQuestion')}
          </Button>
        </div>
      </fieldset>
      <fieldset>
        <WordsFields
          label={t('settings.webchat.consent')}
          why={t('settings.webchat.consentWhy')}
          most={1000}
          lines={3}
          value={form.consentText}
          onChange={(consentText) => change({ consentText })}
          field="consentText"
          problem={problem}
        />
      </fieldset>
    </>
  );
}
