import { ActionIcon, Popover, TextInput, Button } from '@mantine/core';
import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
} from '@tabler/icons-react';
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { htmlOf } from './plain-html.js';
import { isFormatted, linesOf, plainOf } from './rich-text.js';
import type { WritingHandle, WritingProps } from './writing.js';
import s from './rich.module.css';

interface RichAreaProps extends WritingProps {
  ref: Ref<WritingHandle>;
  /** the box before it had the focus: it goes on here */
  autoFocus: boolean;
  /** every paragraph is a line: no room between them, here or in plain text */
  lines?: boolean;
  /** at the end of the tools */
  tools?: ReactNode;
}

/** Text with looks, for channels that carry HTML. Loaded only when somebody wants them. */
export default function RichArea({
  ref,
  autoFocus,
  text,
  html,
  onChange,
  onCaret,
  label,
  placeholder,
  lang,
  spellCheck,
  active,
  lines = false,
  tools,
}: RichAreaProps) {
  const told = useRef({ text, html });
  const latest = useRef({ onChange, onCaret });
  latest.current = { onChange, onCaret };
  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: false,
        horizontalRule: false,
        codeBlock: false,
        strike: false,
        link: { openOnClick: false, defaultProtocol: 'https', HTMLAttributes: { rel: null, target: null } },
      }),
    ],
    content: html ?? htmlOf(text),
    autofocus: autoFocus ? 'end' : false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        lang,
        spellcheck: String(spellCheck),
        ...(active && {
          'aria-autocomplete': 'list',
          'aria-controls': 'trigger-list',
          'aria-activedescendant': active,
        }),
      },
      // the composer's own keys, not a line break
      handleKeyDown: (_view, event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey),
    },
    onUpdate: ({ editor: now }) => {
      const doc = now.getJSON();
      const next = {
        text: lines ? linesOf(doc) : plainOf(doc),
        html: isFormatted(doc) ? now.getHTML() : null,
      };
      told.current = next;
      latest.current.onChange(next.text, next.html);
    },
    onSelectionUpdate: ({ editor: now }) => latest.current.onCaret(beforeCaret(now)),
    onTransaction: ({ editor: now, transaction }) => {
      if (transaction.docChanged) latest.current.onCaret(beforeCaret(now));
    },
    onBlur: () => latest.current.onCaret(null),
  });

  // a draft of another slot, one that came back, or none any more
  useEffect(() => {
    if (told.current.text === text && told.current.html === html) return;
    told.current = { text, html };
    editor.commands.setContent(html ?? htmlOf(text), { emitUpdate: false });
  }, [editor, text, html]);

  useImperativeHandle(ref, () => ({
    focus: () => editor.commands.focus(),
    blur: () => editor.commands.blur(),
    replaceBefore(length, words) {
      const { from } = editor.state.selection;
      const parts = words.split(/\n{2,}/);
      const content = parts.length > 1 ? htmlOf(words) : htmlOf(words).slice(3, -4);
      editor
        .chain()
        .focus()
        .deleteRange({ from: from - length, to: from })
        .insertContent(content)
        .run();
    },
    select(words) {
      editor.state.doc.descendants((node, pos) => {
        const at = node.text?.indexOf(words) ?? -1;
        if (at < 0) return true;
        editor
          .chain()
          .focus()
          .setTextSelection({ from: pos + at, to: pos + at + words.length })
          .run();
        return false;
      });
    },
  }));

  return (
    <>
      <Toolbar editor={editor}>{tools}</Toolbar>
      <div
        className={s.rich}
        data-lines={lines || undefined}
        data-empty={text === '' || undefined}
        data-placeholder={placeholder}
      >
        <EditorContent editor={editor} />
      </div>
    </>
  );
}

function beforeCaret({ state }: Editor): string | null {
  const { empty, $from } = state.selection;
  return empty ? $from.parent.textBetween(0, $from.parentOffset, undefined, '\n') : null;
}

function Toolbar({ editor, children }: { editor: Editor; children: ReactNode }) {
  const { t } = useTranslation();
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      bulletList: now.isActive('bulletList'),
      orderedList: now.isActive('orderedList'),
      blockquote: now.isActive('blockquote'),
      code: now.isActive('code'),
    }),
  });
  const tool = (name: keyof typeof on, icon: ReactNode, run: () => void) => (
    <ActionIcon
      key={name}
      size={26}
      className={s.tool ?? ''}
      data-on={on[name] || undefined}
      aria-pressed={on[name]}
      aria-label={t(`ui.rich.${name}`)}
      title={t(`ui.rich.${name}`)}
      // the selection stays in the text
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    >
      {icon}
    </ActionIcon>
  );
  const chain = () => editor.chain().focus();
  return (
    <div className={s.tools} role="toolbar" aria-label={t('ui.rich.label')}>
      {tool('bold', <IconBold size={15} />, () => chain().toggleBold().run())}
      {tool('italic', <IconItalic size={15} />, () => chain().toggleItalic().run())}
      {tool('bulletList', <IconList size={15} />, () => chain().toggleBulletList().run())}
      {tool('orderedList', <IconListNumbers size={15} />, () => chain().toggleOrderedList().run())}
      {tool('blockquote', <IconBlockquote size={15} />, () => chain().toggleBlockquote().run())}
      {tool('code', <IconCode size={15} />, () => chain().toggleCode().run())}
      <LinkTool editor={editor} />
      {children}
    </div>
  );
}

function LinkTool({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [href, setHref] = useState('');
  const on = useEditorState({ editor, selector: ({ editor: now }) => now.isActive('link') });
  const open = () => {
    setHref(String(editor.getAttributes('link')['href'] ?? ''));
    setOpened(true);
  };
  const apply = () => {
    setOpened(false);
    const address = href.trim();
    const chain = editor.chain().focus().extendMarkRange('link');
    if (address === '') return void chain.unsetLink().run();
    const full = /^(https?:|mailto:|tel:)/i.test(address) ? address : `https://${address}`;
    if (editor.state.selection.empty && !on)
      chain
        .insertContent({ type: 'text', text: full, marks: [{ type: 'link', attrs: { href: full } }] })
        .run();
    else chain.setLink({ href: full }).run();
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="top-start" width={300}>
      <Popover.Target>
        <ActionIcon
          size={26}
          className={s.tool ?? ''}
          data-on={on || undefined}
          aria-pressed={on}
          aria-label={t('ui.rich.link')}
          title={t('ui.rich.link')}
          onClick={open}
        >
          <IconLink size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown data-layer>
        <form
          className={s.linkForm}
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            apply();
          }}
        >
          <TextInput
            data-autofocus
            className="grow"
            aria-label={t('ui.rich.address')}
            placeholder="https://"
            value={href}
            onChange={(event) => setHref(event.target.value)}
          />
          <Button type="submit" variant="default">
            {t('ui.rich.apply')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
