import { useEffect, useRef, useState } from 'react';

const tallest = 20_000;

/**
 * A document of somebody else's in a frame without scripts, forms or plugins, as tall as what it holds.
 * `allow-same-origin` lets us measure it and lets its pictures carry the session; without `allow-scripts` nothing inside
 * can make use of that.
 *
 * @param srcdoc of mail-frame.ts
 */
export function HtmlFrame({ title, srcdoc }: { title: string; srcdoc: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(120);
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    const measure = () => setHeight(Math.min(tallest, Math.max(40, body.scrollHeight)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(body);
    return () => observer.disconnect();
  }, [loads]);
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={srcdoc}
      style={{ height }}
      onLoad={() => setLoads((n) => n + 1)}
    />
  );
}
