import { Drawer } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { Rail } from './Rail.js';
import s from './shell.module.css';

interface RailDrawerProps {
  opened: boolean;
  onClose: () => void;
  onFind: () => void;
}

/** The whole rail over the page, where there is no room beside it. It goes away once one has chosen. */
export function RailDrawer({ opened, onClose, onFind }: RailDrawerProps) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const at = `${path}?${useSearch()}`;
  const opensAt = useRef(at);
  useEffect(() => {
    if (!opened) opensAt.current = at;
    else if (opensAt.current !== at) onClose();
  }, [at, opened, onClose]);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title="Loket"
      size={288}
      padding={0}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{ header: s.drawerHead ?? '', body: s.drawerBody ?? '', content: s.drawer ?? '' }}
    >
      <Rail onFind={onFind} drawer />
    </Drawer>
  );
}
