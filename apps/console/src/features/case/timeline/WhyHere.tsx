import { Button, Popover } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { useCustomer } from '../../../api/customers.js';
import { keys } from '../../../api/keys.js';
import { unlinkIdentity } from '../../../api/operations.js';
import { errorText } from '../../../api/error-text.js';
import { openDialog } from '../../../ui/dialogs.js';
import { evidenceText, likeness, scoreText } from '../../../ui/evidence-text.js';
import { Proof } from '../../../ui/Proof.js';
import { proofEvidence } from '../../../ui/proof-evidence.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useOpenCase } from '../open-case.js';
import { useThreadIds } from './thread-actions.js';
import s from '../components/case.module.css';

/**
 * Why a message stands in this case: the rule that decided, its evidence, how sure, and how proven the sender is; and
 * what to do when it does not belong here.
 */
export function WhyHere({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { match, from } = message;
  if (!match) return null;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      width={360}
      trapFocus
      returnFocus
      attributes={{ dropdown: { 'aria-label': t('case.why.title') } }}
    >
      <Popover.Target>
        <button
          className={s.whyBtn}
          data-why
          onClick={() => setOpen(!open)}
          aria-label={t('case.why.title')}
          title={t('case.why.title')}
        >
          <IconRoute size={14} stroke={1.9} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={s.whyBox} tabIndex={-1} data-autofocus>
          <h3>{t('case.why.title')}</h3>
          <p className={s.whyRule}>{t(`case.rule.${match.rule}`)}</p>
          <ul className={s.why}>
            {match.evidence.map((evidence, index) => (
              <li key={index}>{evidenceText(t, format, evidence)}</li>
            ))}
          </ul>
          <dl className={s.whyFacts}>
            <dt>{t('case.why.score')}</dt>
            <dd className="num">
              {scoreText(t, format, match.rule === 'duplicate_text' ? likeness(match.score) : match.score)}
            </dd>
            {from.proof && (
              <>
                <dt>{t('case.why.sender')}</dt>
                <dd>
                  <Proof level={from.proof} />
                  {from.evidence.map((line) => (
                    <small key={line} title={line}>
                      {proofEvidence(t, line)}
                    </small>
                  ))}
                </dd>
              </>
            )}
          </dl>
          <Wrong message={message} onDone={() => setOpen(false)} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Two ways in which a message can stand wrong: in the wrong case, or with the wrong customer. */
function Wrong({ message, onDone }: { message: TimelineMessage; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const threadIds = useThreadIds();
  const number = useOpenCase();
  const { from } = message;
  const customer = useCustomer(message.customerId).data;
  // a profile of one address has nothing to give away
  const several = (customer?.identities.length ?? 0) > 1;
  const identity = customer?.identities.find((one) => one.kind === from.kind && one.value === from.value);
  const split = () => {
    onDone();
    openDialog({ kind: 'split-case', number, messageIds: threadIds(message) });
  };
  const unlink = async (identityId: string) => {
    onDone();
    try {
      const { customer: after, operation } = await unlinkIdentity(message.customerId, identityId);
      client.setQueryData(keys.customer(after.id), after);
      showToast({
        text: t('case.why.unlinked', { address: from.value }),
        undo: () => openDialog({ kind: 'undo', operationId: operation.id }),
      });
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };
  return (
    <div className={s.whyWrong}>
      <span>{t('case.why.wrong')}</span>
      <Button size="xs" variant="default" onClick={split}>
        {t('case.why.notThisCase')}
      </Button>
      {several && identity && (
        <Button size="xs" variant="default" onClick={() => void unlink(identity.id)}>
          {t('case.why.otherCustomer')}
        </Button>
      )}
    </div>
  );
}
