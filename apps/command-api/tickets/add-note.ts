import { IsText } from '#platform/validation/decorators.js';
import { LONGEST_TEXT } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export class AddNoteRequest {
  @IsText(LONGEST_TEXT)
  text!: string;
}

export const addNote = ticketRoute(
  'notes',
  AddNoteRequest,
  'Adds a note that customers never see.',
);
