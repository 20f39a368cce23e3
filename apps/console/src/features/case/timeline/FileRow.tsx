import type { Attachment } from '@loket/contracts/cases.js';
import { FileIcon } from '../../../ui/FileIcon.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from '../components/case.module.css';

/** A file that is only for saving. */
export function FileRow({ file }: { file: Attachment }) {
  const format = useFormat();
  const content = (
    <>
      <FileIcon mediaType={file.mediaType} name={file.name} />
      <span className="cut">{file.name}</span>
      <small>{format.size(file.size)}</small>
    </>
  );
  // it is not there yet: it has just been sent from here
  if (file.url === '') return <span className={s.file}>{content}</span>;
  return (
    <a className={s.file} href={file.url} target="_blank" rel="noreferrer" download={file.name}>
      {content}
    </a>
  );
}
