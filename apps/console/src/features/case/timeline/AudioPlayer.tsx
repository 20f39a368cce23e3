import { IconMicrophone, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useRef, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '@loket/contracts/cases.js';
import { fileKind } from '../../../ui/file-kind.js';
import { FileRow } from './FileRow.js';
import m from './media.module.css';

const speeds = [1, 1.5, 2] as const;

/** Whatever plays, only one thing does at a time. */
let playing: HTMLAudioElement | null = null;

/** `1:05`; a length that the file does not tell is left out. */
function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Voice notes and other sound: play, seek by mouse or arrow keys, length, speed. */
export function AudioPlayer({ file }: { file: Attachment }) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [on, setOn] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(Number.NaN);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1);
  const [broken, setBroken] = useState(false);
  const kind = fileKind(file.mediaType, file.name);
  const name = t(`ui.file.${kind}`);
  const known = Number.isFinite(length) && length > 0;

  // the browser tells the place four times a second; between, the knob would jump
  useEffect(() => {
    if (!on) return;
    let frame = 0;
    const follow = () => {
      setAt(audio.current?.currentTime ?? 0);
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [on]);
  useEffect(() => {
    const element = audio.current;
    return () => void (playing === element && (playing = null));
  }, []);

  if (broken) return <FileRow file={file} />;
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    if (playing !== element) playing?.pause();
    playing = element;
    element.play().catch(() => setOn(false));
  };
  const faster = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  const seek = (seconds: number) => {
    setAt(seconds);
    if (audio.current) audio.current.currentTime = seconds;
  };
  const share = known ? Math.min(1, at / length) : 0;
  return (
    <div className={m.player} role="group" aria-label={`${name}${known ? `, ${clock(length)}` : ''}`}>
      <audio
        ref={audio}
        src={file.url}
        preload="metadata"
        onPlay={() => setOn(true)}
        onPause={() => setOn(false)}
        onEnded={() => setAt(0)}
        onDurationChange={(event) => setLength(event.currentTarget.duration)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onError={() => setBroken(true)}
      />
      <button className={m.play} aria-label={t(on ? 'case.media.pause' : 'case.media.play')} onClick={toggle}>
        {on ? <IconPlayerPauseFilled size={17} /> : <IconPlayerPlayFilled size={17} />}
      </button>
      <span className={m.track}>
        <input
          type="range"
          min={0}
          max={known ? length : 1}
          step={0.1}
          value={known ? Math.min(at, length) : 0}
          disabled={!known}
          aria-label={t('case.media.seek')}
          aria-valuetext={known ? t('case.media.place', { at: clock(at), length: clock(length) }) : ''}
          style={{ '--share': `${share * 100}%` } as CSSProperties}
          onChange={(event) => seek(Number(event.target.value))}
        />
        <span className={m.times}>
          <span>{on || at > 0 ? clock(at) : clock(length)}</span>
          {kind === 'voice' ? (
            <IconMicrophone size={13} stroke={1.9} aria-hidden />
          ) : (
            <span className="cut">{file.name}</span>
          )}
        </span>
      </span>
      <button
        className={m.speed}
        aria-label={t('case.media.speed', { speed })}
        data-on={speed !== 1 || undefined}
        onClick={faster}
      >
        {speed}×
      </button>
    </div>
  );
}
