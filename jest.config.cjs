/** Tests run what ships: the compiled `dist/`, because worker threads and child processes cannot load TypeScript. */
module.exports = {
  rootDir: 'dist',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.js'],
  testPathIgnorePatterns: ['/test/cluster/'],
  testEnvironment: 'node',
  // The compiler has done all there is to do.
  transform: {},
  testTimeout: 60_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  passWithNoTests: false,
};
