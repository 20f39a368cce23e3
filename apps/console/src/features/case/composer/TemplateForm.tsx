import { Button, TextInput } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '@loket/contracts/cases.js';
import { renderTemplate } from '@loket/contracts/template-text.js';
import type { Template, TemplateBlank } from '@loket/contracts/templates.js';
import { FileIcon } from '../../../ui/FileIcon.js';
import { isMac } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import {
  acceptedTypes,
  blankFault,
  blankName,
  fieldsOf,
  fileFits,
  firstValues,
  templateTitle,
  valuesOf,
} from './template-form.js';
import { useUploads } from './useUploads.js';
import { SendButtons } from './SendButtons.js';
import type { TemplatePickerProps } from './TemplatePicker.js';
import { TemplatePreview } from './TemplatePreview.js';
import s from '../components/case.module.css';
import p from './template.module.css';

type TemplateFormProps = Omit<TemplatePickerProps, 'onClose'> &
  Pick<TemplatePickerProps, 'onClose'> & { template: Template };

/** One template with its blanks, as it will arrive. */
export function TemplateForm({ template, customerName, phone, busy, onSend, onClose }: TemplateFormProps) {
  const { t } = useTranslation();
  const { words, file: fileBlank } = fieldsOf(template);
  const [values, setValues] = useState(() => firstValues(template, customerName));
  const [file, setFile] = useState<Upload | null>(null);
  const [picture, setPicture] = useState<string | null>(null);
  const [wrongFile, setWrongFile] = useState(false);
  const [tried, setTried] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const uploads = useUploads(setFile);
  useEffect(() => () => void (picture && URL.revokeObjectURL(picture)), [picture]);

  const faults = new Map(words.map(({ key }) => [key, blankFault(values[key])]));
  const complete = [...faults.values()].every((fault) => fault === null) && (!fileBlank || file !== null);
  const send = async (status: 'open' | 'pending' | 'resolved') => {
    setTried(true);
    if (!complete) {
      const first = words.find(({ key }) => faults.get(key));
      if (first) document.querySelector<HTMLElement>(`[data-blank="${CSS.escape(first.key)}"]`)?.focus();
      return;
    }
    setProblem(null);
    const filled = valuesOf(template, values);
    const chosen = { name: template.name, language: template.language, values: filled };
    const failed = await onSend(chosen, renderTemplate(template, filled), file ? [file] : [], status);
    if (failed === null) onClose();
    else setProblem(failed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey)) return;
    event.preventDefault();
    // not also the box behind it
    event.stopPropagation();
    if (!busy && !uploads.busy) void send(event.shiftKey ? 'resolved' : 'pending');
  };
  const take = (taken: File) => {
    if (!fileBlank) return;
    const fits = fileFits(fileBlank, taken.type);
    setWrongFile(!fits);
    if (!fits) return;
    setFile(null);
    for (const pending of uploads.pending) uploads.remove(pending.id);
    setPicture(fileBlank.kind === 'image' ? URL.createObjectURL(taken) : null);
    uploads.add([taken]);
  };
  return (
    <div className={p.form} onKeyDown={onKeyDown}>
      <div className={p.scroll}>
        <TemplatePreview
          template={template}
          values={values}
          active={active}
          picture={file ? picture : null}
        />
        {words.length + (fileBlank ? 1 : 0) > 0 && (
          <fieldset className={p.fields}>
            <legend>{t('case.template.fill')}</legend>
            {fileBlank && (
              <FileField
                blank={fileBlank}
                file={file}
                uploads={uploads}
                wrong={wrongFile}
                missing={tried && file === null}
                onTake={take}
                onRemove={() => {
                  setFile(null);
                  setPicture(null);
                }}
              />
            )}
            {words.map(({ key, example }) => {
              const fault = tried || values[key] ? faults.get(key) : null;
              return (
                <TextInput
                  key={key}
                  data-blank={key}
                  label={labelOf(t, template, key)}
                  description={example ? t('case.template.example', { example }) : undefined}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  maxLength={1100}
                  value={values[key] ?? ''}
                  error={fault ? t(`case.template.fault.${fault}`) : undefined}
                  onFocus={() => setActive(key)}
                  onBlur={() => setActive(null)}
                  onChange={(event) => {
                    const { value } = event.target;
                    setValues((before) => ({ ...before, [key]: value }));
                  }}
                />
              );
            })}
          </fieldset>
        )}
      </div>
      <footer className={p.foot}>
        <span className={p.problem} role="alert">
          {problem}
        </span>
        <SendButtons
          mode="reply"
          phone={phone}
          idle={busy || uploads.busy}
          waiting={false}
          clash={false}
          onSend={(status) => void send(status)}
        />
      </footer>
    </div>
  );
}

function labelOf(t: ReturnType<typeof useTranslation>['t'], template: Template, key: string): string {
  const [part, at] = key.split('.');
  if (part === 'button')
    return t('case.template.button', { name: template.buttons[Number(at)] ?? Number(at) + 1 });
  const bare = blankName(key);
  const name = /^\d+$/.test(bare) ? t('case.template.blank', { n: bare }) : templateTitle(bare);
  return part === 'header' ? t('case.template.inHeader', { name }) : name;
}

interface FileFieldProps {
  blank: TemplateBlank;
  file: Upload | null;
  uploads: ReturnType<typeof useUploads>;
  wrong: boolean;
  missing: boolean;
  onTake: (file: File) => void;
  onRemove: () => void;
}

/** The one file that a header takes. */
function FileField({ blank, file, uploads, wrong, missing, onTake, onRemove }: FileFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [pending] = uploads.pending;
  const fault = wrong
    ? t(`case.template.wrongFile.${blank.kind}`)
    : (pending?.error ?? (missing && !pending ? t('case.template.noFile') : null));
  return (
    <div className={p.file}>
      <input
        ref={input}
        type="file"
        hidden
        accept={acceptedTypes(blank)}
        onChange={(event) => {
          const [taken] = event.target.files ?? [];
          if (taken) onTake(taken);
          event.target.value = '';
        }}
      />
      <span className={p.label}>{t(`case.template.file.${blank.kind}`)}</span>
      {file ? (
        <span className={`${s.att} ${p.att}`}>
          <FileIcon mediaType={file.mediaType} name={file.name} />
          <span className="cut">{file.name}</span>
          <small>{format.size(file.size)}</small>
          <button
            className={s.attX}
            aria-label={t('case.composer.remove', { name: file.name })}
            onClick={onRemove}
          >
            <IconX size={13} />
          </button>
        </span>
      ) : (
        <Button
          variant="default"
          data-blank={blank.key}
          loading={pending !== undefined && pending.error === null}
          leftSection={<IconPaperclip size={15} stroke={1.8} />}
          onClick={() => input.current?.click()}
        >
          {t('case.template.pickFile')}
        </Button>
      )}
      {fault && (
        <p className={p.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
