import { Button, Menu, Textarea } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '@loket/contracts/access.js';
import { cannedLocales, variables, withVariable } from './canned-form.js';
import g from './canned.module.css';

const names: Record<Locale, string> = { id: 'Indonesia', en: 'English' };

/** The answer in each language, named in it, with a menu of what can be filled in. */
export function TextFields({
  texts,
  onChange,
  error,
}: {
  texts: Record<Locale, string>;
  onChange: (texts: Record<Locale, string>) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation();
  const boxes = useRef<Partial<Record<Locale, HTMLTextAreaElement | null>>>({});
  const insert = (locale: Locale, variable: (typeof variables)[number]) => {
    const box = boxes.current[locale];
    const end = texts[locale].length;
    const next = withVariable(texts[locale], variable, box?.selectionStart ?? end, box?.selectionEnd ?? end);
    onChange({ ...texts, [locale]: next.text });
    // after React has put the text in, and the menu has given the focus back
    setTimeout(() => {
      box?.focus();
      box?.setSelectionRange(next.at, next.at);
    }, 120);
  };
  return (
    <>
      {cannedLocales.map((locale) => (
        <div key={locale} className={g.text}>
          <Textarea
            ref={(element) => {
              boxes.current[locale] = element;
            }}
            label={t('settings.canned.text', { language: names[locale] })}
            lang={locale}
            placeholder={t(`settings.canned.textExample.${locale}`)}
            value={texts[locale]}
            onChange={(event) => onChange({ ...texts, [locale]: event.currentTarget.value })}
            autosize
            minRows={4}
            maxRows={14}
            maxLength={20_000}
            error={error}
          />
          <Menu position="bottom-end" width={250}>
            <Menu.Target>
              <Button
                className={g.insert ?? ''}
                size="xs"
                variant="subtle"
                leftSection={<IconBraces size={14} />}
                aria-label={`${t('settings.canned.insert')}: ${names[locale]}`}
              >
                {t('settings.canned.insert')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {variables.map((variable) => (
                <Menu.Item
                  key={variable}
                  rightSection={<code className={g.code}>{variable}</code>}
                  onClick={() => insert(locale, variable)}
                >
                  {t(`settings.canned.variable.${variable.replace('.', '_')}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      ))}
    </>
  );
}
