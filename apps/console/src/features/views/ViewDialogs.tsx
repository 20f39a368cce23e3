import { openDialog, useDialogRequest } from '../../ui/dialogs.js';
import { EditViewDialog, SaveViewDialog } from './SaveViewDialog.js';

const close = () => openDialog(null);

/** Whatever screen wants a list to be kept, or changed. */
export function ViewDialogs() {
  const request = useDialogRequest();
  if (request?.kind !== 'save-view') return null;
  if (request.view) return <EditViewDialog view={request.view} onClose={close} />;
  return <SaveViewDialog filter={request.filter} onClose={close} />;
}
