import { openCallDock, useCallDock } from '../../ui/call-dock.js';
import { LogCallDock } from './components/LogCallDock.js';

/** Shown for as long as somebody writes a call down. */
export function CallDock() {
  const prefill = useCallDock();
  return prefill && <LogCallDock prefill={prefill} onClose={() => openCallDock(null)} />;
}
