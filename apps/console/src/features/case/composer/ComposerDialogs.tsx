import type { CaseDetail, ReplyOption } from '@loket/contracts/cases.js';
import type { Draft } from '../../../api/drafts.js';
import type { Later, useSend } from './useSend.js';
import { MailPreview } from './MailPreview.js';
import { ScheduleDialog } from './ScheduleDialog.js';
import { TemplatePicker } from './TemplatePicker.js';

export type OpenDialog = 'templates' | 'preview' | 'later';

interface ComposerDialogsProps {
  open: OpenDialog | null;
  detail: CaseDetail;
  chosen: ReplyOption | undefined;
  draft: Draft;
  phone: boolean;
  sending: ReturnType<typeof useSend>;
  onLater: (later: Later) => void;
  onClose: () => void;
}

/** What opens in front of the box. */
export function ComposerDialogs(props: ComposerDialogsProps) {
  const { open, detail, chosen, draft, phone, sending, onLater, onClose } = props;
  if (open === 'later') return <ScheduleDialog onPick={onLater} onClose={onClose} />;
  if (!chosen) return null;
  if (open === 'preview')
    return <MailPreview detail={detail} option={chosen} draft={draft} onClose={onClose} />;
  if (open !== 'templates') return null;
  return (
    <TemplatePicker
      option={chosen}
      customerName={detail.customer.name}
      phone={phone}
      busy={sending.busy}
      onSend={sending.sendTemplate}
      onClose={onClose}
    />
  );
}
