/** Runs the fault suites with five times as many trials as `npm test`; see `trialsOf`. */
process.env['FAULT_TRIALS_FACTOR'] = '5';
