import { Popover } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { Evidence } from '@loket/contracts/inbound.js';
import { Proof } from '../../../ui/Proof.js';
import { proofEvidence } from '../../../ui/proof-evidence.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './case.module.css';

/** A sentence for each code; one that we do not know yet is shown as it is, with its figures. */
export function evidenceText(t: TFunction, evidence: Evidence): string {
  const known = t(`case.evidence.${evidence.code}`, { ...evidence.data, defaultValue: '' });
  if (known) return known;
  const figures = Object.entries(evidence.data ?? {}).map(([name, value]) => `${name} ${value}`);
  return [evidence.code.replaceAll('_', ' '), ...figures].join(' · ');
}

/** Why a message stands in this case: the rule that decided, its evidence, how sure, and how proven the sender is. */
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
      width={340}
      trapFocus
      returnFocus
      attributes={{ dropdown: { 'aria-label': t('case.why.title') } }}
    >
      <Popover.Target>
        <button
          className={s.whyBtn}
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
              <li key={index}>{evidenceText(t, evidence)}</li>
            ))}
          </ul>
          <dl className={s.whyFacts}>
            <dt>{t('case.why.score')}</dt>
            <dd className="num">{format.percent(match.score)}</dd>
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
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
