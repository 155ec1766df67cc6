#!/usr/bin/env node
/** `npx breakwater …`: the command line, set up on first use. */
'use strict';
process.argv.splice(2, 0, 'run');
require('./bootstrap.cjs');
