import { Button, Group, Select } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  importFields,
  type CallImport,
  type CallImportField,
  type CallImportPreview,
  type CallImportSettings,
} from '@loket/contracts/call-imports.js';
import { useCallPreview, useStartImport } from '../../../api/call-imports.js';
import { errorText } from '../../../api/error-text.js';
import { Dialog } from '../../../ui/Dialog.js';
import m from './imports.module.css';

/** How the file is read: what each column holds, the way dates stand, and the first rows as they would come in. */
export function ImportPreview({ one, onClose }: { one: CallImport; onClose: () => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<CallImportSettings | null>(null);
  const preview = useCallPreview(one.channelId, one.id, chosen);
  const start = useStartImport(one.channelId);
  const { data } = preview;
  const error = preview.error ?? start.error;
  return (
    <Dialog title={one.name} width={860} steady onClose={onClose}>
      {data && <Settings settings={data.settings} onChange={setChosen} />}
      {data && <Rows data={data} onChange={setChosen} />}
      {data && data.missing.length > 0 && (
        <p className={m.error} role="alert">
          {t('settings.imports.missing', {
            fields: data.missing.map((field) => t(`settings.imports.field.${field}`)).join(', '),
          })}
        </p>
      )}
      {error && (
        <p className={m.error} role="alert">
          {errorText(t, error)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          loading={start.isPending}
          disabled={!data || data.missing.length > 0 || preview.isFetching}
          onClick={() =>
            data && start.mutate({ id: one.id, settings: data.settings }, { onSuccess: onClose })
          }
        >
          {t('settings.imports.start')}
        </Button>
      </Group>
    </Dialog>
  );
}

interface SettingsProps {
  settings: CallImportSettings;
  onChange: (settings: CallImportSettings) => void;
}

function Settings({ settings, onChange }: SettingsProps) {
  const { t } = useTranslation();
  return (
    <div className={m.settings}>
      <Select
        label={t('settings.imports.order.title')}
        data={(['day_first', 'month_first'] as const).map((value) => ({
          value,
          label: t(`settings.imports.order.${value}`),
        }))}
        value={settings.order}
        allowDeselect={false}
        onChange={(order) => order && onChange({ ...settings, order })}
      />
      <Select
        label={t('settings.imports.direction.title')}
        data={(['inbound', 'outbound'] as const).map((value) => ({
          value,
          label: t(`settings.imports.direction.${value}`),
        }))}
        value={settings.direction}
        allowDeselect={false}
        onChange={(direction) => direction && onChange({ ...settings, direction })}
      />
      <Select
        label={t('settings.imports.zone')}
        data={[...new Set(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'UTC', settings.timeZone])]}
        value={settings.timeZone}
        allowDeselect={false}
        onChange={(timeZone) => timeZone && onChange({ ...settings, timeZone })}
      />
    </div>
  );
}

function Rows({
  data: { headers, rows, settings },
  onChange,
}: {
  data: CallImportPreview;
  onChange: (settings: CallImportSettings) => void;
}) {
  const { t } = useTranslation();
  const fields = importFields.map((value) => ({ value, label: t(`settings.imports.field.${value}`) }));
  const holds = (column: number) => importFields.find((field) => settings.mapping[field] === column) ?? null;
  const map = (column: number, field: CallImportField | null) => {
    const kept = Object.entries(settings.mapping).filter(([name, at]) => at !== column && name !== field);
    const mapping = { ...Object.fromEntries(kept), ...(field && { [field]: column }) };
    onChange({ ...settings, mapping });
  };
  return (
    // it scrolls sideways by itself, also by keys
    <div className={m.scroll} tabIndex={0} role="region" aria-label={t('settings.imports.rows')}>
      <table className={m.table}>
        <thead>
          <tr>
            <th scope="col">{t('settings.imports.line')}</th>
            {headers.map((header, column) => (
              <th key={column} scope="col">
                <span className="cut">{header}</span>
                <Select
                  size="xs"
                  w={150}
                  aria-label={t('settings.imports.holds', { column: header })}
                  placeholder={t('settings.imports.leftOut')}
                  clearable
                  data={fields}
                  value={holds(column)}
                  onChange={(field) => map(column, field)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 8).map((row) => (
            <tr key={row.line} data-out={!row.taken || undefined}>
              <th scope="row">
                {row.line}
                {!row.taken && (
                  <IconAlertTriangle size={14} role="img" aria-label={t('settings.imports.keptOut')} />
                )}
              </th>
              {headers.map((_, column) => (
                <td key={column} data-wrong={row.problems.some((p) => p.column === column) || undefined}>
                  {row.cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
