import { IconArrowBackUp, IconLock, IconMessageReply, IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands, type Command } from '../../../ui/commands.js';

interface Runs {
  reply: () => void;
  note: () => void;
  /** null where the channel cannot */
  quote: (() => void) | null;
  template: (() => void) | null;
}

/** Keys and palette entries of the box at the foot of a case. */
export function useComposerCommands(number: number, runs: Runs): void {
  const { t } = useTranslation();
  const group = t('case.group', { number });
  const commands: (Omit<Command, 'run' | 'group' | 'rank'> & { run: (() => void) | null })[] = [
    {
      id: 'reply',
      label: t('case.act.reply'),
      keys: 'r',
      icon: <IconMessageReply size={17} stroke={1.7} />,
      run: runs.reply,
    },
    {
      id: 'quote',
      label: t('case.act.quote'),
      keys: 'q',
      icon: <IconArrowBackUp size={17} stroke={1.7} />,
      run: runs.quote,
    },
    {
      id: 'template',
      label: t('case.template.choose'),
      icon: <IconTemplate size={17} stroke={1.7} />,
      run: runs.template,
    },
    {
      id: 'note',
      label: t('case.act.note'),
      keys: 'n',
      icon: <IconLock size={17} stroke={1.7} />,
      run: runs.note,
    },
  ];
  useCommands(commands.flatMap(({ run, ...command }) => (run ? [{ ...command, group, rank: 0, run }] : [])));
}
