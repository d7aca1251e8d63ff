import { IsText } from '#platform/validation/decorators.js';
import { MAX_TEXT_LENGTH } from './requests.js';
import { onTicket } from '../kinds.js';

export class AddNoteRequest {
  @IsText(MAX_TEXT_LENGTH)
  text!: string;
}

export const addNote = onTicket.define('notes', AddNoteRequest, ({ text }, given) => ({
  ...given,
  text,
}));
