import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NoticeKind } from '@loket/contracts/notices.js';
import panel from '../components/settings.module.css';
import type { WishesProps } from './NoticeSettingsPage.js';
import s from './notices.module.css';

const kinds = ['given', 'taken', 'mention', 'whisper', 'followed'] as const satisfies readonly NoticeKind[];
const ways = ['desktop', 'sound', 'push'] as const;

/** Of what, and how. Whatever is chosen, all of it stands in the list behind the bell. */
export function KindsPanel({ wishes, onChange, push }: WishesProps & { push: boolean }) {
  const { t } = useTranslation();
  const shown = ways.filter((way) => way !== 'push' || push);
  return (
    <section className={panel.panel}>
      <h2>{t('notices.kinds.title')}</h2>
      <p>{t('notices.kinds.why')}</p>
      <table className={s.kinds}>
        <thead>
          <tr>
            <th>
              <span className="sr">{t('notices.kinds.what')}</span>
            </th>
            {shown.map((way) => (
              <th key={way} scope="col">
                {t(`notices.kinds.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`notices.kinds.of.${kind}`)}</th>
              {shown.map((way) => (
                <td key={way}>
                  <Checkbox
                    aria-label={`${t(`notices.kinds.of.${kind}`)}: ${t(`notices.kinds.${way}`)}`}
                    checked={wishes[way].includes(kind)}
                    onChange={({ currentTarget: { checked } }) =>
                      onChange({
                        [way]: kinds.filter((one) => (one === kind ? checked : wishes[way].includes(one))),
                      })
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
