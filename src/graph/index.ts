export type { GraphFace } from './declaration.ts';
export { createGraph, type Graph } from './dispatch.ts';
export { knownOperation } from './known.ts';
export { describeApi } from './openapi.ts';
export type { GraphPorts } from './ports.ts';
export type { Registry } from './registry.ts';
export { createThrottle } from './throttle.ts';
