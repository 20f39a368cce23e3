import { Button, Menu } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { lazy, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { signatureVariables } from '@loket/contracts/signature-text.js';
import { useMe } from '../../../api/session.js';
import { useWorkspace } from '../../../api/workspace.js';
import { currentLocale } from '../../../app/i18n.js';
import { Skeleton } from '../../../ui/Skeleton.js';
import type { WritingHandle } from '../../../ui/rich/writing.js';
import s from '../components/settings.module.css';
import { sampleValues } from './sample.js';
import { SignaturePreview } from './SignaturePreview.js';
import g from './signature.module.css';

const RichArea = lazy(() => import('../../../ui/rich/RichArea.js'));

interface SignatureFieldProps {
  signature: { text: string; html: string | null };
  channelName: string;
  onChange: (signature: { text: string; html: string | null }) => void;
  error: string | undefined;
}

/** What stands below the answers of a mailbox, with a menu of what can be filled in, and how it will look. */
export function SignatureField({ signature, channelName, onChange, error }: SignatureFieldProps) {
  const { t } = useTranslation();
  const me = useMe();
  const workspaceName = useWorkspace().data?.name ?? '';
  const area = useRef<WritingHandle>(null);
  const { text, html } = signature;
  const empty = text.trim() === '';
  const agent = {
    name: me.name,
    title: me.title ?? t('settings.signature.sampleTitle'),
    phone: me.phone ?? t('settings.signature.mine.phoneExample'),
  };
  const example = [
    t('settings.signature.regards'),
    '{{agent.name}}',
    '{{agent.title}} · {{workspace.name}}',
    '{{agent.phone}}',
  ];
  const insert = (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button size="compact-xs" variant="subtle" ml="auto" leftSection={<IconBraces size={14} />}>
          {t('settings.signature.insert')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {signatureVariables.map((variable) => (
          <Menu.Item
            key={variable}
            rightSection={<code className={g.code}>{variable}</code>}
            // after the menu has given the focus back
            onClick={() => setTimeout(() => area.current?.replaceBefore(0, `{{${variable}}}`), 120)}
          >
            {t(`settings.signature.variable.${variable.replace('.', '_')}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <fieldset>
      <legend className={s.sub}>{t('settings.signature.title')}</legend>
      <p className={s.dim}>{t('settings.signature.why')}</p>
      <div className={g.box} data-error={error !== undefined || undefined}>
        <Suspense
          fallback={
            <div className={g.loading}>
              <Skeleton lines={3} />
            </div>
          }
        >
          <RichArea
            ref={area}
            autoFocus={false}
            lines
            tools={insert}
            text={text}
            html={html}
            onChange={(next, looks) => onChange({ text: next, html: looks })}
            onCaret={() => undefined}
            label={t('settings.signature.label')}
            placeholder={t('settings.signature.regards')}
            lang={currentLocale()}
            spellCheck
            active={undefined}
          />
        </Suspense>
      </div>
      {error !== undefined && (
        <p className={s.note} data-tone="danger" role="alert">
          {error}
        </p>
      )}
      {empty ? (
        <Button
          variant="default"
          style={{ justifySelf: 'start' }}
          onClick={() => onChange({ text: example.join('\n'), html: null })}
        >
          {t('settings.signature.use')}
        </Button>
      ) : (
        <>
          <p className={g.hint}>{t('settings.signature.blanks')}</p>
          <SignaturePreview
            signature={signature}
            values={sampleValues(t, { agent, workspaceName, channelName })}
          />
        </>
      )}
    </fieldset>
  );
}
