export type { GraphFace } from './declaration.ts';
export { createGraph, type Graph } from './dispatch.ts';
export { describeApi } from './openapi.ts';
export type { Registry } from './registry.ts';
