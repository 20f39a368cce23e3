import { Loader } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import s from './pairing.module.css';

const stages = ['opening', 'linking', 'syncing'] as const;

/** How far it has come; each line moves on by itself. */
export function PairingProgress({ at }: { at: (typeof stages)[number] }) {
  const { t } = useTranslation();
  const now = stages.indexOf(at);
  return (
    <div className={s.progress}>
      <ol>
        {stages.map((stage, index) => (
          <li key={stage} data-s={index < now ? 'done' : index === now ? 'now' : 'next'}>
            <i>
              {index < now && <IconCheck size={14} stroke={2.4} />}
              {index === now && <Loader size={14} />}
            </i>
            <span>{t(`settings.pairing.stage.${stage}`)}</span>
          </li>
        ))}
      </ol>
      <p className={s.dim}>{t(`settings.pairing.stageWhy.${at}`)}</p>
    </div>
  );
}
