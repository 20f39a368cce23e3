import type { Upload } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { renderTemplate } from '@loket/contracts/template-text.js';
import type { ChosenTemplate, Template, TemplateBlank } from '@loket/contracts/templates.js';

/** What a template makes of an answer. */
export interface FilledTemplate {
  /** as the customer will read it */
  text: string;
  /** with the values that it has blanks for, and no others */
  template: ChosenTemplate;
}

/**
 * @param uploads the files of the answer: the one that fills a media blank, else none
 * @throws AppError `unprocessable` `template_value_missing` with the blank's key, `template_file_needed` with its key and
 *   kind, `template_takes_no_file`
 */
export function fillTemplate(
  template: Template,
  { name, language, values }: ChosenTemplate,
  uploads: readonly Upload[],
): FilledTemplate {
  const filled: Record<string, string> = {};
  const media: TemplateBlank[] = [];
  for (const blank of template.blanks) {
    if (blank.kind !== 'text') {
      media.push(blank);
      continue;
    }
    // In one line, as channels want it and will show it.
    const value = values[blank.key]?.replace(/\s+/g, ' ').trim();
    if (!value) {
      throw new AppError('unprocessable', 'template_value_missing', 'a blank of the template is empty', {
        data: { key: blank.key },
      });
    }
    filled[blank.key] = value;
  }
  requireFile(media, uploads);
  return { text: renderTemplate(template, filled), template: { name, language, values: filled } };
}

function requireFile([blank]: readonly TemplateBlank[], uploads: readonly Upload[]): void {
  if (blank === undefined) {
    if (uploads.length === 0) return;
    throw new AppError('unprocessable', 'template_takes_no_file', 'this template cannot carry files');
  }
  const [file, ...others] = uploads;
  const fits = blank.kind === 'document' || file?.mediaType.startsWith(`${blank.kind}/`) === true;
  if (file !== undefined && others.length === 0 && fits) return;
  const { key, kind } = blank;
  throw new AppError('unprocessable', 'template_file_needed', 'this template needs one file of its kind', {
    data: { key, kind },
  });
}
