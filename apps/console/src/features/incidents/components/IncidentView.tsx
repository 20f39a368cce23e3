import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { useRoomy, useWide } from '../../../ui/media.js';
import { useFormat } from '../../../ui/useFormat.js';
import { IncidentHead } from './IncidentHead.js';
import { LinkedCases } from './LinkedCases.js';
import { UpdateComposer } from './UpdateComposer.js';
import { Updates } from './Updates.js';
import s from './incidents.module.css';

interface IncidentViewProps {
  incident: IncidentDetail;
  phone: boolean;
  onBack: () => void;
}

/** What was told and the box to tell more; beside it the cases. Where there is no room for both, one at a time. */
export function IncidentView({ incident, phone, onBack }: IncidentViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const wide = useWide();
  const roomy = useRoomy();
  const both = wide && roomy;
  const [pane, setPane] = useState<'updates' | 'cases'>('cases');
  return (
    <section className={s.view} aria-label={`INC-${incident.number} ${incident.title}`}>
      <IncidentHead incident={incident} onBack={phone ? onBack : undefined} />
      {!both && (
        <div className={s.panes}>
          <SegmentedControl
            fullWidth={phone}
            size={phone ? 'sm' : 'xs'}
            withItemsBorders={false}
            aria-label={t('incidents.pane')}
            value={pane}
            onChange={setPane}
            data={[
              {
                value: 'cases' as const,
                label: t('incidents.paneCases', { n: format.number(incident.caseCount) }),
              },
              {
                value: 'updates' as const,
                label: t('incidents.paneUpdates', { n: format.number(incident.updates.length) }),
              },
            ]}
          />
        </div>
      )}
      <div className={s.panels}>
        {(both || pane === 'updates') && (
          <div className={s.story}>
            <Updates incident={incident} />
            <UpdateComposer incident={incident} phone={phone} />
          </div>
        )}
        {(both || pane === 'cases') && <LinkedCases incident={incident} alone={!both} />}
      </div>
    </section>
  );
}
