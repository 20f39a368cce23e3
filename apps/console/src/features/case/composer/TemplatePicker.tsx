import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowLeft, IconSearch, IconTemplate } from '@tabler/icons-react';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseStatus, ReplyOption, Upload } from '@loket/contracts/cases.js';
import type { ChosenTemplate, Template } from '@loket/contracts/templates.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useTemplates } from '../../../api/templates.js';
import { Dialog } from '../../../ui/Dialog.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Skeleton } from '../../../ui/Skeleton.js';
import { findTemplates, templateTitle } from './template-form.js';
import { TemplateForm } from './TemplateForm.js';
import p from './template.module.css';

export interface TemplatePickerProps {
  option: ReplyOption;
  customerName: string | null;
  phone: boolean;
  busy: boolean;
  /** @returns null when it went, else why not */
  onSend: (
    template: ChosenTemplate,
    text: string,
    attachments: Upload[],
    status: CaseStatus,
  ) => Promise<string | null>;
  onClose: () => void;
}

const keyOf = (template: Template) => `${template.name}:${template.language}`;

/** Texts that the channel has approved: found by their words, seen as the customer will see them, filled and sent. */
export function TemplatePicker(props: TemplatePickerProps) {
  const { t, i18n } = useTranslation();
  const { option, phone } = props;
  const templates = useTemplates(option.channelId);
  const [words, setWords] = useState('');
  const [language, setLanguage] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  /** on a phone either the list or one template is shown */
  const [inside, setInside] = useState(false);
  const all = templates.data ?? [];
  const hits = findTemplates(all, words, language, i18n.language);
  const current = hits.find((one) => keyOf(one) === chosen) ?? (phone ? undefined : hits[0]);
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const languages = [...new Set(all.map((one) => one.language))];
  const open = (template: Template) => {
    setChosen(keyOf(template));
    setInside(true);
  };
  const showList = !phone || !inside || !current;
  return (
    <Dialog title={t('case.template.title')} onClose={props.onClose} width={860}>
      {templates.error ? (
        <div className={p.note} role="alert">
          <p>{reason(t, templates.error)}</p>
          <Button variant="default" onClick={() => void templates.refetch()}>
            {t('ui.retry')}
          </Button>
        </div>
      ) : templates.isPending ? (
        <div className={p.note} aria-busy>
          <Skeleton lines={5} />
        </div>
      ) : all.length === 0 ? (
        <EmptyState icon={<IconTemplate size={26} stroke={1.5} />}>{t('case.template.none')}</EmptyState>
      ) : (
        <div className={p.panes} data-phone={phone || undefined}>
          {showList && (
            <div className={p.side}>
              <TemplateList
                words={words}
                onWords={setWords}
                hits={hits}
                current={current}
                nameOf={(code) => languageName(names, code)}
                filter={
                  languages.length > 1 && (
                    <NativeSelect
                      aria-label={t('case.template.language')}
                      value={language}
                      onChange={(event) => setLanguage(event.target.value)}
                      data={[
                        { value: '', label: t('case.template.anyLanguage') },
                        ...languages.map((value) => ({ value, label: languageName(names, value) })),
                      ]}
                    />
                  )
                }
                onMove={(template) => setChosen(keyOf(template))}
                onOpen={open}
              />
            </div>
          )}
          {current && (!phone || inside) && (
            <div className={p.main}>
              {phone && (
                <button className={p.back} onClick={() => setInside(false)}>
                  <IconArrowLeft size={16} stroke={1.8} />
                  {t('case.template.all')}
                </button>
              )}
              <TemplateForm key={keyOf(current)} template={current} {...props} />
            </div>
          )}
        </div>
      )}
    </Dialog>
  );
}

interface TemplateListProps {
  words: string;
  onWords: (words: string) => void;
  hits: readonly Template[];
  current: Template | undefined;
  nameOf: (language: string) => string;
  /** stands beside the search */
  filter: ReactNode;
  onMove: (template: Template) => void;
  onOpen: (template: Template) => void;
}

/** ↑ ↓ while one types, Enter to go on to the blanks. */
function TemplateList({ words, onWords, hits, current, nameOf, filter, onMove, onOpen }: TemplateListProps) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = current ? hits.indexOf(current) : -1;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = by && hits[(at + by + hits.length) % Math.max(1, hits.length)];
    if (next) {
      event.preventDefault();
      onMove(next);
      list.current?.children[hits.indexOf(next)]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const target = current ?? hits[0];
      if (target) onOpen(target);
      setTimeout(() => document.querySelector<HTMLElement>('[data-blank]')?.focus());
    }
  };
  return (
    <>
      <div className={p.find}>
        <TextInput
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          aria-label={t('case.template.find')}
          placeholder={t('case.template.find')}
          leftSection={<IconSearch size={15} stroke={1.8} />}
          value={words}
          onChange={(event) => onWords(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {filter}
      </div>
      <div ref={list} id={id} role="listbox" aria-label={t('case.template.title')} className={p.list}>
        {hits.map((template, index) => (
          <div
            key={keyOf(template)}
            id={`${id}-${index}`}
            role="option"
            aria-selected={template === current}
            className={p.row}
            onClick={() => onOpen(template)}
          >
            <span className={p.rowTop}>
              <b className="cut grow">{templateTitle(template.name)}</b>
              <small>{nameOf(template.language)}</small>
            </span>
            <span className={p.rowText}>{template.body}</span>
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className={p.none}>{t('ui.noMatches')}</p>}
    </>
  );
}

function languageName(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code.replace('_', '-')) ?? code;
  } catch {
    return code;
  }
}

/** The channel's own reasons have sentences of their own. */
function reason(t: ReturnType<typeof useTranslation>['t'], error: unknown): string {
  const own = error instanceof ApiError ? t(`case.failure.${error.code}`, { defaultValue: '' }) : '';
  return own || errorText(t, error);
}
