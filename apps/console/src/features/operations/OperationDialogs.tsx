import { openDialog, useDialogRequest } from '../../ui/dialogs.js';
import { HistoryDialog } from './components/HistoryDialog.js';
import { MergeCasesDialog } from './components/MergeCasesDialog.js';
import { MergeCustomersDialog } from './components/MergeCustomersDialog.js';
import { SplitDialog } from './components/SplitDialog.js';
import { UndoDialog } from './components/UndoDialog.js';

const close = () => openDialog(null);

/** Whatever screen asked for one of these: merge, split, undo, history. */
export function OperationDialogs() {
  const request = useDialogRequest();
  switch (request?.kind) {
    case 'merge-cases':
      return <MergeCasesDialog key={request.number} request={request} onClose={close} />;
    case 'split-case':
      return <SplitDialog key={request.number} request={request} onClose={close} />;
    case 'merge-customers':
      return <MergeCustomersDialog key={request.customerId} request={request} onClose={close} />;
    case 'history':
      return <HistoryDialog request={request} onClose={close} />;
    case 'undo':
      return <UndoDialog key={request.operationId} request={request} onClose={close} />;
    case 'link-incident':
    case 'save-view':
    case 'whisper':
    case undefined:
      return null;
  }
}
