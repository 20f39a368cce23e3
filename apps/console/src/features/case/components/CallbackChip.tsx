import { Menu } from '@mantine/core';
import { IconCheck, IconPhoneCall, IconPhoneOutgoing } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { openCallDock } from '../../../ui/call-dock.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { CaseActions } from '../actions.js';
import s from '../timeline/call.module.css';

/** The customer called and reached nobody. Goes when somebody speaks to him, or says that there is no need. */
export function CallbackChip({ detail, actions }: { detail: CaseDetail; actions: CaseActions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { callback } = detail;
  if (!callback) return null;
  const call = () =>
    openCallDock({
      ...{ direction: 'outbound' as const, number: callback.number ?? '', withheld: false },
      ...{ where: detail.id, whereNumber: detail.number },
    });
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button className={s.chip} title={t('case.callback.do')}>
          <IconPhoneCall size={13} stroke={2} aria-hidden />
          <span className={s.do}>{t('case.callback.do')}</span>
          {callback.number !== null && <span className="num">{format.phone(callback.number)}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('case.callback.since', { since: format.full(callback.since) })}</Menu.Label>
        <Menu.Item leftSection={<IconPhoneOutgoing size={15} />} onClick={call}>
          {t('case.callback.do')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCheck size={15} />}
          onClick={() => actions.change({ callbackDone: true })}
        >
          {t('case.callback.done')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
