import { expect, it } from 'vitest';
import { compose } from './compose.ts';

const message = {
  subject: 'Decide:\r\nBcc: everyone@sallyport.example',
  lead: 'Rio asks for <AP>.',
  facts: [
    ['Reason', 'because\n<script>alert("x")</script>'],
    ['Until', 'tomorrow'],
  ] as const,
  action: { label: 'Decide', url: 'https://localhost/?a=1&b="2"' },
};

it('says the same in text and in HTML', () => {
  const mail = compose(message);
  expect(mail.text).toMatchInlineSnapshot(`
    "Rio asks for <AP>.

      Reason: because <script>alert("x")</script>
      Until:  tomorrow

    Decide:
    https://localhost/?a=1&b="2"

    Sent by Sallyport. Nobody reads answers to this address.
    "
  `);
  expect(mail.html).toContain('Rio asks for &lt;AP&gt;.');
});

it('lets nobody write into its headers or its markup', () => {
  const mail = compose(message);
  expect(mail.subject).toBe('Decide: Bcc: everyone@sallyport.example');
  expect(mail.html).not.toContain('<script>');
  expect(mail.html).toContain('href="https://localhost/?a=1&amp;b=&quot;2&quot;"');
});
