import { useTranslation } from 'react-i18next';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';

type ChatTexts = (key: string, values?: Record<string, string>) => string;

/** What the chat itself says, in the visitors' language rather than in the reader's (`settings.webchat.says.…`). */
export function useChatTexts(): Record<VisitorLanguage, ChatTexts> {
  const { i18n } = useTranslation();
  const of = (language: VisitorLanguage): ChatTexts => {
    const t = i18n.getFixedT(language);
    return (key, values = {}) => t(`settings.webchat.says.${key}`, values);
  };
  return { id: of('id'), en: of('en') };
}
