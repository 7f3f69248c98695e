import fc from 'fast-check';

// The same cases in every run, unless a seed is asked for to look for new ones.
const seed = Number(process.env['SALLYPORT_SEED'] ?? 20_260_718);
const deep = process.env['SALLYPORT_DEEP'] === '1';

fc.configureGlobal({ seed, numRuns: deep ? 2_000 : 100 });
