import { useTranslation } from 'react-i18next';
import type { Template } from '@loket/contracts/templates.js';
import type { FileKind } from '../../../ui/file-kind.js';
import { KindIcon } from '../../../ui/FileIcon.js';
import { fieldsOf, pieces, templateTitle } from './template-form.js';
import p from './template.module.css';

interface TemplatePreviewProps {
  template: Template;
  values: Readonly<Record<string, string>>;
  /** key of the blank that is being filled */
  active: string | null;
  /** address of the chosen picture */
  picture: string | null;
}

const kinds: Record<'image' | 'video' | 'document', FileKind> = {
  image: 'photo',
  video: 'video',
  document: 'document',
};

/** As the customer will see it: a bubble, its blanks marked until they are filled, its buttons below. */
export function TemplatePreview({ template, values, active, picture }: TemplatePreviewProps) {
  const { t } = useTranslation();
  const { file } = fieldsOf(template);
  const text = (part: 'header' | 'body') =>
    pieces(template[part] ?? '', part, values).map(({ text: words, blank }, at) =>
      blank === null ? (
        words
      ) : (
        <mark
          key={at}
          className={p.blank}
          data-empty={!values[blank]?.trim() || undefined}
          data-active={blank === active || undefined}
        >
          {words}
        </mark>
      ),
    );
  return (
    <figure className={p.preview}>
      <figcaption className="sr">
        {t('case.template.preview', { name: templateTitle(template.name) })}
      </figcaption>
      <div className={p.bubble}>
        {file &&
          file.kind !== 'text' &&
          (picture ? (
            <img className={p.media} src={picture} alt="" />
          ) : (
            <div className={p.media}>
              <KindIcon kind={kinds[file.kind]} size={30} />
            </div>
          ))}
        {template.header && <b className={p.header}>{text('header')}</b>}
        <div className={p.body}>{text('body')}</div>
        {template.footer && <small className={p.footer}>{template.footer}</small>}
      </div>
      {template.buttons.length > 0 && (
        <ul className={p.buttons} aria-label={t('case.template.buttons')}>
          {template.buttons.map((button, at) => (
            <li key={at}>{button}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}
