import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplyOption } from '@loket/contracts/cases.js';
import { ChannelMark, useChannelName } from '../../../ui/ChannelMark.js';
import { MenuChoice } from '../../../ui/MenuChoice.js';
import { useFormat } from '../../../ui/useFormat.js';
import { canAnswer } from './reply-window.js';
import s from '../components/case.module.css';

export const optionKey = (option: ReplyOption) => `${option.channelId}:${option.identityId}`;

interface ChannelPickProps {
  options: readonly ReplyOption[];
  chosen: ReplyOption;
  onChoose: (option: ReplyOption) => void;
}

/** On which channel, and to which of the customer's addresses, the answer goes. */
export function ChannelPick({ options, chosen, onChoose }: ChannelPickProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useChannelName();
  return (
    <Menu width={320} position="top-start">
      <Menu.Target>
        <button className={s.pick}>
          <span className="sr">
            {t('case.composer.via', { channel: name(chosen.channelKind), address: chosen.address })}
          </span>
          <span aria-hidden style={{ display: 'contents' }}>
            <ChannelMark kind={chosen.channelKind} size={15} />
            <b>{name(chosen.channelKind)}</b>
            <span className="cut">{format.phone(chosen.address)}</span>
          </span>
          <IconChevronDown size={13} style={{ flex: 'none' }} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('case.composer.replyBy')}</Menu.Label>
        {options.map((option) => (
          <MenuChoice
            key={optionKey(option)}
            value={optionKey(option)}
            checked={optionKey(option) === optionKey(chosen)}
            disabled={!canAnswer(option)}
            onPick={() => onChoose(option)}
          >
            <span className={s.pickLine}>
              <ChannelMark kind={option.channelKind} />
              <span className="cut">{format.phone(option.address)}</span>
            </span>
            <small className={s.pickSub}>
              {option.blocked
                ? t(`api.error.${option.blocked}`, { defaultValue: t('case.composer.blocked') })
                : t('case.composer.from', { name: option.channelAddress ?? option.channelName })}
            </small>
          </MenuChoice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
