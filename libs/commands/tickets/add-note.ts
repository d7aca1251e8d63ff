import { IsText } from '#platform/validation/decorators.js';
import { LONGEST_TEXT } from './requests.js';
import { onTicket } from '../kinds.js';

export class AddNoteRequest {
  @IsText(LONGEST_TEXT)
  text!: string;
}

export const addNote = onTicket.define('notes', AddNoteRequest, ({ text }, given) => ({
  ...given,
  text,
}));
