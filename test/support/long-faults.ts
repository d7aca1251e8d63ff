/** Runs the fault suites with more trials than `npm test`; see `trialsOf`. */
process.env['LONG_FAULTS'] = 'yes';
