import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBolt, IconDots, IconEye, IconLanguage, IconTemplate, IconTextSize } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuChoice } from '../../../ui/MenuChoice.js';
import { languageName } from '../../../ui/language-name.js';
import type { useSpelling } from './useSpelling.js';
import { AttachButton } from './ComposerFiles.js';

interface ComposerToolsProps {
  phone: boolean;
  onFiles: (files: Iterable<File>) => void;
  onCanned: () => void;
  /** null where the channel has none */
  onTemplate: (() => void) | null;
  rich: { on: boolean; toggle: () => void } | null;
  onPreview: (() => void) | null;
  spelling: Pick<ReturnType<typeof useSpelling>, 'spelling' | 'choices' | 'choose'>;
}

/** Beside the box: what can be put into it, and how it is written. */
export function ComposerTools(props: ComposerToolsProps) {
  const { phone, onFiles, onCanned, onTemplate, rich, onPreview, spelling } = props;
  const { t, i18n } = useTranslation();
  const tool = (label: string, icon: ReactNode, run: () => void, pressed?: boolean) => (
    <Tooltip label={label}>
      <ActionIcon
        size={phone ? 44 : 28}
        aria-label={label}
        aria-pressed={pressed}
        data-on={pressed || undefined}
        onClick={run}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  const languages = (
    <>
      <Menu.Label>{t('case.spelling.label')}</Menu.Label>
      {spelling.choices.map((choice) => (
        <MenuChoice
          key={choice}
          value={choice}
          checked={spelling.spelling === choice}
          onPick={() => spelling.choose(choice)}
        >
          {choice === 'off' ? t('case.spelling.off') : languageName(choice, i18n.language)}
        </MenuChoice>
      ))}
    </>
  );
  const others = [
    onTemplate && { label: t('case.template.choose'), Icon: IconTemplate, run: onTemplate, on: undefined },
    rich && { label: t('ui.rich.label'), Icon: IconTextSize, run: rich.toggle, on: rich.on },
    onPreview && { label: t('case.preview.open'), Icon: IconEye, run: onPreview, on: undefined },
  ].filter((other) => other !== null);
  // one hand and a narrow screen: what is wanted less often stands in a menu
  const menuLabel = t(phone ? 'case.composer.more' : 'case.spelling.label');
  const MenuIcon = phone ? IconDots : IconLanguage;
  return (
    <>
      <AttachButton phone={phone} onFiles={onFiles} />
      {tool(t('case.canned.choose'), <IconBolt size={17} stroke={1.7} />, onCanned)}
      {!phone &&
        others.map(({ label, Icon, run, on }) => (
          <Fragment key={label}>{tool(label, <Icon size={17} stroke={1.7} />, run, on)}</Fragment>
        ))}
      <Menu position="top-start" width={230}>
        <Menu.Target>
          <Tooltip label={menuLabel}>
            <ActionIcon size={phone ? 44 : 28} aria-label={menuLabel}>
              <MenuIcon size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {phone &&
            others.map(({ label, Icon, run }) => (
              <Menu.Item key={label} leftSection={<Icon size={16} stroke={1.7} />} onClick={run}>
                {label}
              </Menu.Item>
            ))}
          {languages}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
