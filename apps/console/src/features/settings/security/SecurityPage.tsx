import { useTranslation } from 'react-i18next';
import { Page } from '../components/Page.js';
import { PasswordPanel } from '../components/PasswordPanel.js';
import { SessionsPanel } from '../components/SessionsPanel.js';
import { SecondFactorPanel } from './SecondFactorPanel.js';

/** How a person gets in, and where he is in. */
export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <Page narrow title={t('settings.security.title')} intro={t('settings.security.intro')}>
      <SecondFactorPanel />
      <PasswordPanel />
      <SessionsPanel />
    </Page>
  );
}
