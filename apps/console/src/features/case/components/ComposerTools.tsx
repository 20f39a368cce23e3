import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBolt, IconEye, IconLanguage, IconTemplate, IconTextSize } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuChoice } from '../../../ui/MenuChoice.js';
import type { Spelling } from '../useSpelling.js';
import { AttachButton } from './ComposerFiles.js';

interface ComposerToolsProps {
  phone: boolean;
  onFiles: (files: Iterable<File>) => void;
  onCanned: () => void;
  /** null where the channel has none */
  onTemplate: (() => void) | null;
  rich: { on: boolean; toggle: () => void } | null;
  onPreview: (() => void) | null;
  spelling: Spelling;
  onSpelling: (next: Spelling) => void;
}

const spellings: readonly Spelling[] = ['id', 'en', 'off'];

/** Beside the box: what can be put into it, and how it is written. */
export function ComposerTools(props: ComposerToolsProps) {
  const { phone, onFiles, onCanned, onTemplate, rich, onPreview, spelling, onSpelling } = props;
  const { t } = useTranslation();
  const size = phone ? 44 : 28;
  const tool = (label: string, icon: ReactNode, run: () => void, pressed?: boolean) => (
    <Tooltip label={label}>
      <ActionIcon
        size={size}
        aria-label={label}
        aria-pressed={pressed}
        data-on={pressed || undefined}
        onClick={run}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <>
      <AttachButton phone={phone} onFiles={onFiles} />
      {tool(t('case.canned.choose'), <IconBolt size={17} stroke={1.7} />, onCanned)}
      {onTemplate && tool(t('case.template.choose'), <IconTemplate size={17} stroke={1.7} />, onTemplate)}
      {rich && tool(t('case.rich.label'), <IconTextSize size={17} stroke={1.7} />, rich.toggle, rich.on)}
      {onPreview && tool(t('case.preview.open'), <IconEye size={17} stroke={1.7} />, onPreview)}
      <Menu position="top-start" width={210}>
        <Menu.Target>
          <Tooltip label={t('case.spelling.label')}>
            <ActionIcon size={size} aria-label={t('case.spelling.label')}>
              <IconLanguage size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('case.spelling.label')}</Menu.Label>
          {spellings.map((choice) => (
            <MenuChoice
              key={choice}
              value={choice}
              checked={spelling === choice}
              onPick={() => onSpelling(choice)}
            >
              {t(`case.spelling.${choice}`)}
            </MenuChoice>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
