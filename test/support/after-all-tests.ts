export { afterAllTests as default } from './before-all-tests.js';
