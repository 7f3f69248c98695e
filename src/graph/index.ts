export { createGraph, type Graph } from './dispatch.ts';
