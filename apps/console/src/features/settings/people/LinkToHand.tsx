import { Button } from '@mantine/core';
import { IconBrandWhatsapp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { channelColor } from '../../../ui/ChannelMark.js';
import { CopyBox } from '../components/CopyBox.js';
import w from './invite.module.css';

/** A link that is shown once: to copy, or to send on by WhatsApp from one's own number. */
export function LinkToHand({
  link,
  who,
  message,
}: {
  link: string;
  /** whom it is for, so that several can be told apart by ear */
  who: string;
  /** what goes with it */
  message: string;
}) {
  const { t } = useTranslation();
  const share = `https://wa.me/?text=${encodeURIComponent(`${message}\n${link}`)}`;
  return (
    <div className={w.hand}>
      <CopyBox text={link} label={t('settings.people.invite.linkOf', { who })} />
      <Button
        component="a"
        href={share}
        target="_blank"
        rel="noopener noreferrer"
        size="xs"
        variant="default"
        leftSection={<IconBrandWhatsapp size={15} color={channelColor('whatsapp')} aria-hidden />}
        aria-label={t('settings.people.invite.whatsappTo', { who })}
      >
        {t('settings.people.invite.whatsapp')}
      </Button>
    </div>
  );
}
