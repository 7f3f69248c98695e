export type { Response } from './answer.ts';
export { createGraph, type Graph } from './dispatch.ts';
export type { GraphPorts, Request } from './ports.ts';
export { referencedId } from './reference.ts';
