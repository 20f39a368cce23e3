import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseStatus } from '@loket/contracts/cases.js';
import { statuses } from '../../../api/case-words.js';
import { MenuChoice } from '../../../ui/MenuChoice.js';

/** @param status null: of several */
export function StatusMenu({
  status,
  onPick,
  tall = false,
}: {
  status: CaseStatus | null;
  onPick: (status: CaseStatus) => void;
  tall?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          size="xs"
          {...(tall && { h: 44 })}
          variant="default"
          rightSection={<IconChevronDown size={14} />}
        >
          {t('board.act.status')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {statuses.map((value) => (
          <MenuChoice key={value} value={value} checked={status === value} onPick={() => onPick(value)}>
            {t(`board.status.${value}`)}
          </MenuChoice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
