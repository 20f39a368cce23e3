import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useEveryCannedAnswer } from '../../../api/canned-answers.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { showToast } from '../../../ui/toasts.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import { CannedEditor } from './CannedEditor.js';

/** One canned answer, or a new one (`id` is `new`). */
export function CannedAnswerPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const answers = useEveryCannedAnswer();
  const list = '/settings/canned-answers';
  const answer = answers.data?.find((one) => one.id === id);
  return (
    <Page
      title={answer?.title ?? t('settings.canned.add')}
      back={{ to: list, label: t('settings.canned.title') }}
    >
      <Loaded query={answers}>
        {(all) =>
          id === 'new' || answer ? (
            <CannedEditor
              key={answer ? answer.id : 'new'}
              answer={answer ?? null}
              others={all.filter((one) => one.id !== id)}
              onSaved={(saved) => {
                showToast({ text: t('settings.canned.saved', { shortcut: saved.shortcut }) });
                if (!answer) go(`${list}/${saved.id}`, { replace: true });
              }}
              onRemoved={() => go(list, { replace: true })}
            />
          ) : (
            <EmptyState title={t('settings.canned.gone')} />
          )
        }
      </Loaded>
    </Page>
  );
}
