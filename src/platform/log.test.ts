import { describe, expect, test } from 'vitest';
import { describeFault } from './log.ts';

describe('a fault in the log', () => {
  const database = Object.assign(new Error('duplicate key'), {
    code: '23505',
    query: 'insert into account values ($1)',
    parameters: ['secret'],
    params: ['secret'],
    detail: 'Key (login)=(secret) already exists.',
    where: 'secret',
  });

  test('says what went wrong and where', () => {
    expect(describeFault(database)).toEqual({
      type: 'Error',
      code: '23505',
      message: 'duplicate key',
      stack: database.stack,
    });
    expect(describeFault('thrown text')).toEqual({ message: 'thrown text' });
  });

  test('says nothing of what the statement was given, in causes neither', () => {
    const wrapped = new Error('could not save', { cause: database });
    expect(JSON.stringify(describeFault(wrapped))).not.toContain('secret');
    expect(describeFault(wrapped)).toMatchObject({ message: 'could not save', cause: { code: '23505' } });
  });
});
