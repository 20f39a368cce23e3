import { useState, type FormEvent } from 'react';
import type { Locale, Role } from '@loket/contracts/access.js';
import { invitationLimits } from '@loket/contracts/invitation-limits.js';
import type { CreatedInvitations } from '@loket/contracts/invitations.js';
import { useInvitations, useInvite } from '../../../api/invitations.js';
import { useWorkspace } from '../../../api/workspace.js';
import { currentLocale } from '../../../app/i18n.js';
import { addressesIn } from './addresses.js';

export interface InviteForm {
  text: string;
  role: Role;
  teamIds: string[];
  locale: Locale;
  mail: boolean;
}

export type InviteFormState = ReturnType<typeof useInviteForm>;

/** Who shall be invited, as typed so far, and the sending of it. */
export function useInviteForm(onInvited: (created: CreatedInvitations) => void) {
  const invite = useInvite();
  const canMail = useInvitations().data?.canMail ?? false;
  const workspace = useWorkspace().data;
  const [form, setForm] = useState<Partial<InviteForm>>({});
  const [asked, setAsked] = useState(false);
  const { text = '', role = 'agent', teamIds = [] } = form;
  const { emails, wrong } = addressesIn(text);
  const problem: 'none' | 'wrong' | 'many' | null =
    wrong.length > 0
      ? 'wrong'
      : emails.length === 0
        ? 'none'
        : emails.length > invitationLimits.atOnce
          ? 'many'
          : null;
  const locale = form.locale ?? workspace?.locale ?? currentLocale();
  const mail = canMail && (form.mail ?? true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (problem !== null || invite.isPending) return;
    invite.mutate(
      { emails, role, teamIds, locale, mail },
      {
        onSuccess: (created) => {
          // whoever was refused stays, so that a slip can be mended
          setForm({ ...form, text: created.refused.map(({ email }) => email).join('\n') });
          setAsked(false);
          onInvited(created);
        },
      },
    );
  };
  return {
    form: { text, role, teamIds, locale, mail },
    change: (part: Partial<InviteForm>) => {
      setForm({ ...form, ...part });
      if (invite.isError) invite.reset();
    },
    count: emails.length,
    wrong,
    problem: asked ? problem : null,
    canMail,
    submit,
    pending: invite.isPending,
    error: invite.error,
  };
}
