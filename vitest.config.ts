import { defineConfig } from 'vitest/config';

const deep = process.env['SALLYPORT_DEEP'] === '1';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'portal/**/*.test.ts'],
    exclude: deep ? [] : ['**/*.deep.test.ts'],
    globalSetup: 'test/setup/global.ts',
    setupFiles: ['test/setup/seed.ts', 'test/setup/instants.ts'],
    // Judged by what is asserted, not by how busy the machine is: this only ends what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Vitest leaves one core idle by default, which on two cores is half the machine.
    maxWorkers: '100%',
    restoreMocks: true,
    unstubEnvs: true,
    expect: { requireAssertions: true },
  },
});
