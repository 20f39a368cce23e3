import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface MenuChoiceProps {
  value: string;
  /** the one in force */
  checked: boolean;
  onPick: () => void;
  disabled?: boolean;
  rightSection?: ReactNode;
  children: ReactNode;
}

/** One of several values in a menu, of which one is in force: a tick beside it, and the role that says so. */
export function MenuChoice({
  value,
  checked,
  onPick,
  disabled = false,
  rightSection,
  children,
}: MenuChoiceProps) {
  return (
    <Menu.RadioItem
      value={value}
      checked={checked}
      closeMenuOnClick
      disabled={disabled}
      checkIcon={<IconCheck size={14} />}
      rightSection={rightSection}
      onChange={() => !checked && onPick()}
    >
      {children}
    </Menu.RadioItem>
  );
}
