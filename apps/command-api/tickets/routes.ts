import { addMessage } from './add-message.js';
import { addNote } from './add-note.js';
import { assign } from './assign.js';
import { cancel } from './cancel.js';
import { close } from './close.js';
import { confirm } from './confirm.js';
import { evaluate } from './evaluate.js';
import { forward } from './forward.js';
import { handle } from './handle.js';
import { provideFeedback } from './provide-feedback.js';
import { rejectResolution } from './reject-resolution.js';
import { requestFeedback } from './request-feedback.js';
import { resolve } from './resolve.js';
import { resume } from './resume.js';
import { setSeverity } from './set-severity.js';
import type { TicketRoute } from './ticket-route.js';
import { withdrawResolution } from './withdraw-resolution.js';

/** The commands on a ticket that HTTP knows. A new one is added here. */
export const ticketRoutes: readonly TicketRoute[] = [
  handle,
  assign,
  forward,
  requestFeedback,
  provideFeedback,
  addMessage,
  addNote,
  resume,
  resolve,
  withdrawResolution,
  confirm,
  rejectResolution,
  cancel,
  close,
  setSeverity,
  evaluate,
];
