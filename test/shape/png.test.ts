import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { smallerPng } from '../../docs/generator/png.ts';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** Two pixels a row in RGB, each row by another of PNG's filters. */
const picture = (depth: number, rows: readonly (readonly number[])[]): Buffer =>
  Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from([0, 0, 0, 2, 0, 0, 0, rows.length, depth, 2, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);

test('a picture keeps its colours, whatever filters it was written with', () => {
  const rows = [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 10, 20, 30, 30, 30, 30],
    [2, 0, 0, 0, 0, 0, 0],
    [3, 5, 10, 15, 15, 15, 15],
    [4, 0, 0, 0, 0, 0, 0],
  ];
  const small = smallerPng(picture(8, rows));
  const palette = small.subarray(small.indexOf('PLTE') + 4);
  const size = small.readUInt32BE(small.indexOf('IDAT') - 4);
  const indexes = inflateSync(small.subarray(small.indexOf('IDAT') + 4, small.indexOf('IDAT') + 4 + size));
  const pixels = [...indexes].map((index) => [...palette.subarray(index * 3, index * 3 + 3)]);
  const [left, right] = [
    [10, 20, 30],
    [40, 50, 60],
  ];
  // Each row begins with its filter, which is 0: none.
  expect([...indexes].filter((_, at) => at % 3 === 0)).toEqual([0, 0, 0, 0, 0]);
  expect(pixels.filter((_, at) => at % 3 === 1)).toEqual([left, left, left, left, left]);
  expect(pixels.filter((_, at) => at % 3 === 2).slice(0, 3)).toEqual([right, right, right]);
});

test('a picture of another kind is refused', () => {
  expect(() => smallerPng(picture(16, [[0, 1, 2, 3, 4, 5, 6]]))).toThrow('This is no PNG of a browser');
});
