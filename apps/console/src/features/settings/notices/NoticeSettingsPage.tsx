import { useTranslation } from 'react-i18next';
import type { NoticePreferences } from '@loket/contracts/notice-preferences.js';
import { errorText } from '../../../api/error-text.js';
import { useNoticePreferences, useSaveNoticePreferences } from '../../../api/notice-preferences.js';
import { usePushState } from '../../../api/push.js';
import { showToast } from '../../../ui/toasts.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import { BrowserPanel } from './BrowserPanel.js';
import { KindsPanel } from './KindsPanel.js';
import { PushPanel } from './PushPanel.js';
import { QuietPanel } from './QuietPanel.js';
import { ViewsPanel } from './ViewsPanel.js';

export interface WishesProps {
  wishes: NoticePreferences;
  /** takes effect at once, and goes with the person to every browser */
  onChange: (change: Partial<NoticePreferences>) => void;
}

/** How a person hears of his news. */
export function NoticeSettingsPage() {
  const { t } = useTranslation();
  const preferences = useNoticePreferences();
  const push = usePushState().data?.publicKey ?? null;
  const save = useSaveNoticePreferences();
  return (
    <Page narrow title={t('notices.title')} intro={t('notices.settingsIntro')}>
      <Loaded query={preferences}>
        {(wishes) => {
          const onChange = (change: Partial<NoticePreferences>) =>
            save.mutate(
              { ...wishes, ...change },
              { onError: (error) => showToast({ text: errorText(t, error), tone: 'danger' }) },
            );
          return (
            <>
              <KindsPanel wishes={wishes} onChange={onChange} push={push !== null} />
              <ViewsPanel wishes={wishes} onChange={onChange} />
              <BrowserPanel />
              {push !== null && <PushPanel wishes={wishes} onChange={onChange} publicKey={push} />}
              <QuietPanel wishes={wishes} onChange={onChange} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
